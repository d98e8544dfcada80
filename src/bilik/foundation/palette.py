"""The few colours of bilik and what each one means; every picture and document takes its colours here.

Text colours reach 4.5:1 on the ground. The runs grow darker step by step, so they stay
apart in grey print and for colour-blind readers.
"""

GROUND = "#FBFBF9"
INK = "#1B1F23"
MUTED = "#5A6067"  # text of second rank
LINE = "#D9DAD5"
ACCENT = "#0B5C6B"
GOOD = "#2E7D4F"
ATTENTION = "#B26A00"
DANGER = "#B3261E"

#: Light to dark teal, for how many voters are missing.
TEAL = ("#E1EEEE", "#B0D3D6", "#74AFB6", "#2F7F8C", "#0A4A56")
#: Light to dark ochre, for vulnerability.
OCHRE = ("#F8EDD6", "#EBCB90", "#D39D45", "#A2660B", "#653C00")
#: Teal through grey to ochre, for what lies below and above.
DIVERGING = ("#0A4A56", "#74AFB6", "#DCDCD7", "#D39D45", "#653C00")
#: Colours of things with no order, used together with a shape.
SERIES = (ACCENT, "#B97A1F", "#3D2B56", "#7C828A")

_LINEAR_KNEE = 0.04045  # WCAG 2.2, relative luminance


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#RRGGBB`` between 0 (black) and 1 (white), as WCAG defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= _LINEAR_KNEE else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21, as WCAG defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def text_on(colour: str) -> str:
    """Return the text colour, ink or white, that reads best on ``colour``."""
    return INK if contrast(INK, colour) >= contrast("#FFFFFF", colour) else "#FFFFFF"

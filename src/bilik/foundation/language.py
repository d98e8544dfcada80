"""How bilik says things: words from one catalogue, numbers and dates in the reader's form.

Source strings are English; ``src/bilik/locale`` holds the Indonesian ones for the
site, the command line, the charts and the documents alike.
"""

import datetime
import gettext
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LOCALE_FOLDER = Path(__file__).parent.parent / "locale"
DEFAULT_CODE = "id"
CODES = ("id", "en")
UNKNOWN = "–"
#: Below this a percentage hides how rare a thing is.
SMALL_CHANCE = 0.10
_BABEL_LOCALE = {"id": "id_ID", "en": "en_GB"}


def mark(message: str) -> str:
    """Mark a string for translation and return it unchanged."""
    return message


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation("django", LOCALE_FOLDER, languages=[code], fallback=True)


@dataclass(frozen=True, slots=True)
class Language:
    """A reader's language: ``id`` (the default) or ``en``."""

    code: str = DEFAULT_CODE

    def translate(self, message: str) -> str:
        """Return the catalogue's words for ``message``, or the message itself."""
        return _catalogue(self.code).gettext(message) if message else ""

    def say(self, message: str, /, **facts: object) -> str:
        """Translate ``message`` and fill in its facts."""
        return self.translate(message).format(**facts)

    def whole(self, value: float | None) -> str:
        """Write a count, as 1.234 in Indonesian; a gap is a dash."""
        return self.number(value, 0)

    def number(self, value: float | None, digits: int = 1) -> str:
        """Write a number with ``digits`` decimals, as 1.234,5 in Indonesian."""
        if value is None or value != value:  # noqa: PLR0124 -- not a number
            return UNKNOWN
        plain = f"{value:,.{digits}f}"
        return plain if self.code == "en" else plain.translate(str.maketrans(",.", ".,"))

    def percent(self, share: float | None, digits: int = 1) -> str:
        """Write a share of 0 to 1 as a percentage, as 60,1%."""
        return UNKNOWN if share is None else f"{self.number(share * 100, digits)}%"

    def chance(self, probability: float) -> str:
        """Write a probability (0 to 1) as people say it: 62%, about 1 in 60, less than 1 in 1.000."""
        rarest = 1000
        if probability < 1 / rarest:
            return self.say("less than 1 in {number}", number=self.whole(rarest))
        if probability > 1 - 1 / rarest:
            return self.say("more than {number} in {all}", number=self.whole(rarest - 1), all=self.whole(rarest))
        if probability < SMALL_CHANCE:
            odds = float(f"{1 / probability:.2g}")
            return self.say("about 1 in {number}", number=self.whole(odds))
        return self.percent(probability, 0)

    def rupiah(self, amount: float | None) -> str:
        """Write money as Rp1.250.000."""
        return UNKNOWN if amount is None else f"Rp{self.number(amount, 0)}"

    def date(self, day: datetime.date | None) -> str:
        """Write a day as 24 November 2026."""
        if day is None:
            return UNKNOWN
        from babel.dates import format_date  # noqa: PLC0415 -- slow import, only where a date is written

        return format_date(day, "d MMMM yyyy", locale=_BABEL_LOCALE[self.code])

    def loose_date(self, text: str | None) -> str:
        """Write a day, month or year given as ISO text, as far as it is known; other text as it is."""
        if not text:
            return UNKNOWN
        parts = text.split("-")
        if not all(part.isdigit() for part in parts) or len(parts) > len("ymd"):
            return text
        year, month, day = (int(part) for part in (*parts, "1", "1")[:3])
        written = self.date(datetime.date(year, month, day))
        return " ".join(written.split(" ")[3 - len(parts) :])


INDONESIAN = Language("id")
ENGLISH = Language("en")

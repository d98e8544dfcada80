"""The chart kit: one look, the reader's numbers, and the same specification for browser and paper.

A domain's ``charts.py`` turns frames into Altair charts. Here a chart becomes the
Vega-Lite specification that the browser draws, or a picture for a document. Nothing is
fetched: data and locale are part of the specification.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeAlias

from bilik.foundation.palette import GROUND, INK, LINE, MUTED, SERIES, TEAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import altair as alt

    from bilik.foundation.language import Language

Chart: TypeAlias = "alt.Chart | alt.LayerChart | alt.FacetChart"
Specification: TypeAlias = dict[str, Any]

SCREEN_FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif'
#: The face of every document and of the pictures in it; it comes with the package ``fontpkg-fira-sans``.
PAPER_FONT = "Fira Sans"
VEGA_LITE_VERSION = "6.4"
#: Width of a picture across an A4 page of the house's documents, in pixels of 1/96 inch.
PAPER_WIDTH = 760

_FORMAT_LOCALE = {
    "id": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp", ""]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["Rp", ""]},
}
_DAYS = {
    "id": ("Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"),
    "en": ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"),
}
_MONTHS = {
    "id": ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
           "November", "Desember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip

#: A vertical axis says what it shows in a line above it, not on its side.
_TITLE_ABOVE = {"titleAngle": 0, "titleAlign": "left", "titleBaseline": "bottom", "titleX": 0, "titleY": -8}


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart on paper: its SVG and the sentence that says what it shows."""

    svg: str
    description: str


def font_folder() -> str:
    """Return the folder of the paper font's files."""
    return str(files("fontpkg_fira_sans") / "files")


def format_locale(language: Language) -> dict[str, Any]:
    """Return how Vega writes numbers and money for ``language``."""
    return dict(_FORMAT_LOCALE[language.code])


def time_locale(language: Language) -> dict[str, Any]:
    """Return how Vega writes days and months for ``language``."""
    days, months = _DAYS[language.code], _MONTHS[language.code]
    return {
        "dateTime": "%A, %-d %B %Y %H.%M",
        "date": "%d/%m/%Y",
        "time": "%H.%M",
        "periods": ["AM", "PM"],
        "days": list(days),
        "shortDays": [day[:3] for day in days],
        "months": list(months),
        "shortMonths": ["Agu" if month == "Agustus" else month[:3] for month in months],
    }


def theme(font: str = SCREEN_FONT, background: str | None = GROUND) -> dict[str, Any]:
    """Return the Vega-Lite configuration that gives every chart the look of the house."""
    text = {"labelColor": MUTED, "titleColor": INK, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 400}
    silent = {"aria": False}  # the description speaks for the whole; hundreds of marks read aloud do not
    return {
        "background": background,
        "font": font,
        "padding": 4,
        "view": {"stroke": None, "continuousHeight": 240},
        "axis": {**text, **silent, "gridColor": LINE, "domainColor": LINE, "tickColor": LINE, "labelPadding": 6},
        "axisX": {"titlePadding": 8},
        "axisY": {"domain": False, "ticks": False, **_TITLE_ABOVE},
        "legend": {
            **text,
            **silent,
            "labelColor": INK,
            "orient": "top",
            "columnPadding": 14,
            "offset": 8,
            "padding": 0,
        },
        "title": {"anchor": "start", "color": INK, "fontSize": 14, "fontWeight": 600, "offset": 12},
        "text": {"color": INK, "fontSize": 12},
        "mark": silent,
        "range": {"category": list(SERIES), "ordinal": list(TEAL), "ramp": list(TEAL), "heatmap": list(TEAL)},
    }


def specification(
    chart: Chart, language: Language, *, datasets: Mapping[str, Sequence[Any] | Mapping[str, Any]] | None = None
) -> Specification:
    """Return the Vega-Lite specification of ``chart`` for the browser.

    ``datasets`` fills the chart's named data, such as boundaries; Altair itself is slow
    with them. vegaEmbed reads its settings and the locale from ``usermeta``.
    """
    written: Specification = chart.to_dict()
    if not written.get("description"):
        msg = "A chart needs a description for readers who cannot see it."
        raise ValueError(msg)
    return {
        **written,
        "autosize": {"type": "fit-x", "contains": "padding"},  # as wide as its place, as high as it needs
        "config": theme(),
        "datasets": {**written.get("datasets", {}), **(datasets or {})},
        "usermeta": {"embedOptions": _embed_options(language)},
    }


def _embed_options(language: Language) -> dict[str, Any]:
    return {
        "renderer": "svg",
        "ast": True,  # no eval: the site's content policy forbids it
        "actions": False,
        "defaultStyle": False,
        "tooltip": False,  # the native one, which needs no inline style
        "formatLocale": format_locale(language),
        "timeFormatLocale": time_locale(language),
    }


@cache
def _register_font() -> None:
    import vl_convert  # noqa: PLC0415 -- a large library, only where the bundle is made

    vl_convert.register_font_directory(font_folder())


def _on_paper(written: Specification, width: int, background: str | None) -> Specification:
    return {**written, "width": width, "config": theme(PAPER_FONT, background)}


def svg(written: Specification, language: Language, *, width: int = PAPER_WIDTH, background: str | None = None) -> str:
    """Draw a specification as SVG in the paper font, ``width`` pixels wide with its axes."""
    import vl_convert  # noqa: PLC0415 -- a large library, only where the bundle is made

    _register_font()
    drawn: str = vl_convert.vegalite_to_svg(
        _on_paper(written, width, background),
        vl_version=VEGA_LITE_VERSION,
        allowed_base_urls=[],
        format_locale=format_locale(language),
        time_format_locale=time_locale(language),
    )
    return drawn


def picture(
    chart: Chart,
    language: Language,
    *,
    width: int = PAPER_WIDTH,
    datasets: Mapping[str, Sequence[Any] | Mapping[str, Any]] | None = None,
) -> Picture:
    """Draw ``chart`` for a document, with its description as alternative text."""
    written = specification(chart, language, datasets=datasets)
    return Picture(svg(written, language, width=width), written["description"])


def png(written: Specification, language: Language, *, width: int = PAPER_WIDTH, scale: float = 2) -> bytes:
    """Draw a specification as PNG on white, for a slide or a message."""
    import vl_convert  # noqa: PLC0415 -- a large library, only where the bundle is made

    drawn = svg(written, language, width=width, background="#FFFFFF")
    image: bytes = vl_convert.svg_to_png(drawn, scale=scale)
    return image


def browser_bundle() -> str:
    """Return Vega, Vega-Lite and vegaEmbed as one script that defines them as globals.

    The line naming a source map is taken out: the map does not exist, and a store of
    static files would look for it.
    """
    import vl_convert  # noqa: PLC0415 -- a large library, only where the bundle is made

    script: str = vl_convert.javascript_bundle()  # type: ignore[call-arg,unused-ignore]  # has a default
    return "\n".join(line for line in script.splitlines() if not line.startswith("//# sourceMappingURL")) + "\n"

"""The document kit: official PDF with letterhead, made by Typst from a template and data.

Text reaches a template as JSON and is set as text: no name, note or title can inject
markup. Documents are tagged (PDF/UA-1) and fit for the archive (PDF/A-2a), carry their
fonts, and come out byte for byte the same for the same content and date.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from bilik.foundation.charts import font_folder
from bilik.foundation.errors import BilikError
from bilik.foundation.language import Language, mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bilik.foundation.charts import Picture

_PNG_HEAD = b"\x89PNG\r\n"


class LogoError(BilikError):
    """The letterhead's emblem is no picture a document can hold."""

    message = mark(
        "The emblem of the letterhead must be an SVG or PNG picture, and it is neither. Choose another file."
    )


class DocumentTextError(BilikError):
    """The text has a character that no font of the document has."""

    message = mark("The document cannot be written: {reason}. Replace that character and try again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The office in whose name a document goes out: head (kop), place, and who signs. Data, not code.

    ``agency_lines`` go from the government down to the office, the last one largest.
    ``signatory_number`` is the NIP; an empty one is left out.
    """

    agency_lines: tuple[str, ...]
    address: str
    contact: str = ""
    place: str
    signatory_title: str
    signatory_name: str
    signatory_number: str = ""
    logo: bytes | None = None

    @property
    def logo_format(self) -> str | None:
        """Return ``svg`` or ``png``.

        Raises
        ------
        LogoError
            If the emblem is neither.
        """
        if self.logo is None:
            return None
        if self.logo.startswith(_PNG_HEAD):
            return "png"
        if b"<svg" in self.logo[:1000]:
            return "svg"
        raise LogoError


def pdf(
    template: str,
    content: Mapping[str, Any],
    *,
    title: str,
    letterhead: Letterhead,
    pictures: Mapping[str, Picture],
    dated: datetime.date,
    language: Language,
) -> bytes:
    """Set ``content`` by a Typst ``template`` under the letterhead and return the PDF.

    The template follows ``letter.typ``, whose names (``data``, ``words``, ``head``,
    ``signature``, ``picture``) it may use. ``content`` must be fit for JSON and hold
    ``words``, the translated labels.

    Raises
    ------
    LogoError, DocumentTextError
        If the emblem or a character cannot be drawn.
    """
    data = {
        **content,
        "title": title,
        "letterhead": _letterhead_data(letterhead, language),
        "pictures": {name: {"svg": one.svg, "description": one.description} for name, one in pictures.items()},
        "date": language.date(dated),
        "dated": {"year": dated.year, "month": dated.month, "day": dated.day},
        "language": language.code,
    }
    return _compiled(_kit() + template, json.dumps(data, ensure_ascii=False), dated)


def _letterhead_data(letterhead: Letterhead, language: Language) -> dict[str, Any]:
    lines = letterhead.agency_lines or ("",)
    return {
        **asdict(letterhead),
        "agency_lines": lines,
        "logo": None if letterhead.logo is None else list(letterhead.logo),
        "logo_format": letterhead.logo_format,
        "logo_words": language.say("Emblem of {agency}", agency=lines[-1]),
    }


def _kit() -> str:
    return files("bilik.foundation").joinpath("templates/letter.typ").read_text(encoding="utf-8")


def _compiled(source: str, data: str, dated: datetime.date) -> bytes:
    import typst  # noqa: PLC0415 -- a large library, only where a document is made

    try:
        document, warnings = typst.compile_with_warnings(
            source.encode(),
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[font_folder()]),
            format="pdf",
            sys_inputs={"data": data},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=datetime.datetime.combine(dated, datetime.time(), datetime.UTC),
        )
    except typst.TypstError as error:
        raise _mendable(error.message) or error from error
    if warnings:
        raise RuntimeError("; ".join(warning.message for warning in warnings))
    return document


def _mendable(fault: str) -> BilikError | None:
    """Return what a person can put right about a document that failed, or nothing if it is a bug."""
    if "could not be displayed" in fault:
        return DocumentTextError(reason=fault.partition("error: ")[2])
    if fault.startswith(("failed to decode image", "failed to parse SVG")):
        return LogoError()
    return None

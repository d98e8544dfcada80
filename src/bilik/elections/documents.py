"""The letter that asks another office for data, on the asking office's letterhead."""

import datetime
from collections.abc import Sequence
from importlib.resources import files

from bilik.foundation.documents import Letterhead, pdf
from bilik.foundation.language import Language, mark


def request_letter(
    asked: Sequence[str], *, region_name: str, letterhead: Letterhead, dated: datetime.date, language: Language
) -> bytes:
    """Return a letter of one page or more that asks for the data named in ``asked``, as PDF."""
    content = {
        "words": {
            "kind": language.say(mark("Request for data")),
            "page": language.translate(mark("Page {page} of {pages}")),
        },
        "opening": language.say(
            mark(
                "To the election commission (KPU). To compile the turnout of {region} we ask for the following records:"
            ),
            region=region_name,
        ),
        "asked": list(asked),
        "closing": language.say(
            mark("Please send tables (CSV or XLSX) with region codes, and say from which record each figure is taken.")
        ),
        "footer": region_name,
    }
    return pdf(
        files("bilik.elections").joinpath("templates/request.typ").read_text(encoding="utf-8"),
        content,
        title=language.say(mark("Request for election data, {region}"), region=region_name),
        letterhead=letterhead,
        pictures={},
        dated=dated,
        language=language,
    )

import dataclasses
import datetime
import shutil
import subprocess
from pathlib import Path

import pytest

from bilik.foundation import documents
from bilik.foundation.charts import Picture
from bilik.foundation.language import ENGLISH, INDONESIAN, Language

DAY = datetime.date(2026, 11, 24)
TEMPLATE = """
#show: house
#head
= #data.title
#data.text
#figure(picture("dot"), caption: data.text, numbering: none)
#signature
"""
DOT = Picture(
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>', "A dot."
)
EMBLEM = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="4"/></svg>'


@pytest.fixture
def letterhead() -> documents.Letterhead:
    return documents.Letterhead(
        agency_lines=("Pemerintah Kota Contoh", "Badan Kesatuan Bangsa dan Politik"),
        address="Jalan Contoh 1",
        place="Contoh",
        signatory_title="Kepala Badan,",
        signatory_name="Nama Contoh",
        signatory_number="19700101 199003 1 001",
        logo=EMBLEM,
    )


def made(letterhead: documents.Letterhead, text: str = "Isi.", *, language: Language = INDONESIAN) -> bytes:
    return documents.pdf(
        TEMPLATE,
        {"text": text, "words": {"page": "Halaman {page} dari {pages}"}, "footer": "Contoh"},
        title="Judul",
        letterhead=letterhead,
        pictures={"dot": DOT},
        dated=DAY,
        language=language,
    )


def words(document: bytes, folder: Path) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not on this machine")
    file = folder / "document.pdf"
    file.write_bytes(document)
    return subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout  # noqa: S603, S607


def test_a_document_is_tagged_fit_for_the_archive_and_carries_its_fonts(letterhead: documents.Letterhead) -> None:
    document = made(letterhead)

    assert document.startswith(b"%PDF-")
    assert b"pdfuaid:part" in document
    assert b"pdfaid:part" in document
    assert b"FiraSans" in document


def test_the_same_content_gives_the_same_bytes(letterhead: documents.Letterhead) -> None:
    assert made(letterhead) == made(letterhead)


def test_letterhead_date_signature_and_page_number_stand_on_it(
    letterhead: documents.Letterhead, tmp_path: Path
) -> None:
    text = words(made(letterhead), tmp_path)

    for said in (
        "PEMERINTAH KOTA CONTOH",
        "Contoh, 24 November 2026",
        "Kepala Badan,",
        "NIP 19700101",
        "Halaman 1 dari 1",
    ):
        assert said in text


@pytest.mark.parametrize("text", ["#strong[x] *y* $z$ \\ `w` @v <u>", '")\n#panic("out")', '#read("/etc/hosts")'])
def test_text_is_never_markup(letterhead: documents.Letterhead, tmp_path: Path, text: str) -> None:
    assert " ".join(text.split()) in " ".join(words(made(letterhead, text), tmp_path).split())


def test_an_office_without_emblem_number_or_lines_still_gets_its_document(letterhead: documents.Letterhead) -> None:
    bare = dataclasses.replace(letterhead, logo=None, signatory_number="", address="", agency_lines=())

    assert made(bare, language=ENGLISH).startswith(b"%PDF-")


@pytest.mark.parametrize("logo", [b"GIF89a", b"\x89PNG\r\n\x1a\nbroken", b"<svg broken"])
def test_an_emblem_that_is_no_picture_is_named(letterhead: documents.Letterhead, logo: bytes) -> None:
    with pytest.raises(documents.LogoError, match="emblem"):
        made(dataclasses.replace(letterhead, logo=logo))


def test_a_character_without_a_font_is_named(letterhead: documents.Letterhead) -> None:
    with pytest.raises(documents.DocumentTextError, match="中"):
        made(letterhead, "Nama 中")


def test_a_missing_font_is_a_bug_and_crashes(letterhead: documents.Letterhead, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_kit", lambda: '#let house(body) = { set text(font: "Nope"); body }\n')

    with pytest.raises(RuntimeError, match="nope"):
        documents.pdf(
            '#set document(title: "x")\n#show: house\nx',
            {},
            title="x",
            letterhead=letterhead,
            pictures={},
            dated=DAY,
            language=ENGLISH,
        )

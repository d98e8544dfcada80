import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import fastexcel
import polars as pl
import pytest
from made_up_brief import AREAS, BOUNDARIES, CONTENT, LETTERHEAD, SOURCES

from bilik.foundation.language import ENGLISH, INDONESIAN
from bilik.turnout.brief import BriefContent
from bilik.turnout.documents import LISTED_SOURCES, brief_pdf, brief_xlsx


def page_count(document: bytes) -> int:
    return max(int(found) for found in re.findall(rb"/Type\s*/Pages\s*/Count (\d+)", document))


def words(document: bytes, folder: Path) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not on this machine")
    file = folder / "brief.pdf"
    file.write_bytes(document)
    read = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, text=True, check=True)  # noqa: S603, S607
    return " ".join(read.stdout.split()).replace("– ", "–")


def sheets(book: bytes) -> dict[str, pl.DataFrame]:
    opened = fastexcel.read_excel(book)
    return {name: opened.load_sheet(name, header_row=1).to_polars() for name in opened.sheet_names}


@pytest.fixture(scope="module")
def brief() -> bytes:
    return brief_pdf(CONTENT, LETTERHEAD, INDONESIAN)


def test_a_brief_has_two_to_four_pages(brief: bytes) -> None:
    assert 2 <= page_count(brief) <= 4


def test_the_figures_stand_in_the_brief_in_the_readers_form(brief: bytes, tmp_path: Path) -> None:
    text = words(brief, tmp_path)

    for said in (
        "75% pada Pilwali Contoh 2031", "Kalimat 5.", "Sebagian angka dari pemberitaan", "61,0%", "16.800", "120.000",
        "9.600–24.000", "Gunung Samarinda Baru", "64,0%", "54,0%–74,0%", "78,0%", "2.800", "800–4.800",
        "27 November 2024", "Model bertingkat.", "22 November 2022", "https://kpu.example/ba", "Partisipasi *naik* #1",
        "Nama Contoh",
    ):  # fmt: skip
        assert said in text, said


@pytest.mark.slow
def test_the_same_content_gives_the_same_brief(brief: bytes) -> None:
    assert brief_pdf(CONTENT, LETTERHEAD, INDONESIAN) == brief


@pytest.mark.slow
def test_a_brief_speaks_english_too(tmp_path: Path) -> None:
    text = words(brief_pdf(CONTENT, LETTERHEAD, ENGLISH), tmp_path)

    assert "16,800" in text
    assert "Page 1 of" in text


def test_pictures_carry_their_text_alternative(brief: bytes) -> None:
    assert brief.count(b"/Alt") >= 4


@pytest.mark.slow
@pytest.mark.parametrize(
    "changed",
    [
        replace(CONTENT, boundaries=BOUNDARIES),
        replace(CONTENT, tiles=None),
        replace(CONTENT, tiles=CONTENT.tiles.head(2) if CONTENT.tiles is not None else None),
        replace(CONTENT, early_records=CONTENT.early_records.clear(), early_on=None, labels=()),
    ],
    ids=["boundaries", "no map", "half a map", "nothing said before"],
)
def test_a_brief_does_without_what_is_not_known(changed: BriefContent) -> None:
    assert 2 <= page_count(brief_pdf(changed, LETTERHEAD, ENGLISH)) <= 4


@pytest.mark.slow
def test_a_long_list_of_sources_ends_with_how_many_more_there_are(tmp_path: Path) -> None:
    many = pl.concat([SOURCES] * 30)

    text = words(brief_pdf(replace(CONTENT, sources=many), LETTERHEAD, ENGLISH), tmp_path)

    assert f"{60 - LISTED_SOURCES} more sources" in text


@pytest.mark.slow
def test_a_name_cannot_inject_markup_or_a_formula(tmp_path: Path) -> None:
    evil = replace(
        CONTENT,
        areas=AREAS.with_columns(name=pl.lit('=1+1#panic("x")*')),
        sentences=("#strong[tebal] $x$ \\ <a>",),
    )

    text = words(brief_pdf(evil, LETTERHEAD, INDONESIAN), tmp_path)
    book = brief_xlsx(evil, INDONESIAN)

    assert '=1+1#panic("x")*' in text
    assert "#strong[tebal] $x$ \\ <a>" in text
    assert all("<f>" not in part for part in _parts(book))


def _parts(book: bytes) -> list[str]:
    archive = zipfile.ZipFile(io.BytesIO(book))
    return [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/")]


def test_the_workbook_holds_the_same_numbers_as_numbers() -> None:
    book = sheets(brief_xlsx(CONTENT, ENGLISH))

    summary, areas, past, tested, sources = book.values()
    assert list(book) == ["Summary", "Areas", "History", "Backtest", "Sources"]
    assert dict(summary.select("Figure", "People").drop_nulls().rows())["Voters on the list"] == 120_000
    assert areas["On the list"].sum() == AREAS["electorate"].sum()
    assert areas["Median"].to_list() == AREAS["median"].to_list()
    assert past["Turnout"].to_list() == [0.56, 0.69, 0.65, 0.60, 0.605]
    assert tested.height == CONTENT.records.height
    assert sources["Address"].to_list()[0] == "https://kpu.example/ba"


def test_the_same_content_gives_the_same_workbook() -> None:
    assert brief_xlsx(CONTENT, ENGLISH) == brief_xlsx(CONTENT, ENGLISH)

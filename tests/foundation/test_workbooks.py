import datetime
import io
import zipfile

import fastexcel
import polars as pl
import pytest

from bilik.foundation.workbooks import Column, ColumnKind, Sheet, guarded, workbook

DAY = datetime.date(2026, 11, 24)


@pytest.fixture
def sheet() -> Sheet:
    return Sheet(
        name="Wilayah: 2031/2032",
        about="=Areas",
        columns=(
            Column("name", "Area", width=20),
            Column("voters", "Voters", ColumnKind.WHOLE),
            Column("share", "Turnout", ColumnKind.SHARE),
            Column("held_on", "Day", ColumnKind.DATE),
        ),
        rows=pl.DataFrame(
            {
                "name": ["Damai", '=HYPERLINK("http://evil.example")', "-1+1"],
                "voters": [1200, 3, None],
                "share": [0.605, None, 1.0],
                "held_on": [DAY, None, DAY],
            }
        ),
    )


def sheet_xml(book: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()


def read_back(book: bytes) -> pl.DataFrame:
    return fastexcel.read_excel(book).load_sheet(0, header_row=1).to_polars()


def test_numbers_stay_numbers_and_gaps_stay_gaps(sheet: Sheet) -> None:
    book = workbook([sheet], title="Ringkasan", dated=DAY)

    read = read_back(book)

    assert read["Voters"].to_list() == [1200, 3, None]
    assert read["Turnout"].to_list() == [0.605, None, 1.0]
    assert read["Day"].to_list()[0] == datetime.datetime(2026, 11, 24)  # noqa: DTZ001 -- a cell knows no zone


def test_a_text_like_a_formula_is_no_formula(sheet: Sheet) -> None:
    book = workbook([sheet], title="Ringkasan", dated=DAY)

    assert "<f>" not in sheet_xml(book)
    assert (
        fastexcel.read_excel(book).load_sheet(0, header_row=1).to_polars()["Area"].to_list()[1].startswith("=HYPERLINK")
    )
    assert 'quotePrefix="1"' in zipfile.ZipFile(io.BytesIO(book)).read("xl/styles.xml").decode()


def test_the_head_is_frozen_and_the_name_fits_a_sheet(sheet: Sheet) -> None:
    book = workbook([sheet], title="Ringkasan", dated=DAY)

    assert 'state="frozen"' in sheet_xml(book)
    assert fastexcel.read_excel(book).sheet_names == ["Wilayah  2031 2032"]


def test_the_same_content_gives_the_same_bytes(sheet: Sheet) -> None:
    assert workbook([sheet], title="x", dated=DAY) == workbook([sheet], title="x", dated=DAY)


def test_guarded_puts_an_apostrophe_before_what_a_spreadsheet_would_run() -> None:
    rows = pl.DataFrame({"name": ["Damai", "=1+1", "@x", None], "voters": [1, 2, 3, 4]})

    assert guarded(rows)["name"].to_list() == ["Damai", "'=1+1", "'@x", None]

"""Reading tables as people send them."""

from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from bilik.foundation.errors import BilikError, SeveralErrors
from bilik.foundation.files import (
    BrokenTableError,
    DisguisedFileError,
    EmptyTableError,
    MissingFileError,
    UnknownEndingError,
    UnreadableFileError,
    check_columns,
    read_frame,
    typed,
)

TABLE = "kode,nama\n64.71,Désa\n64.72,\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_read_frame_understands_encodings_and_separators(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TABLE.replace(",", separator).replace("\n", "\r\n").encode(encoding))

    assert read_frame(path).rows() == [("64.71", "Désa"), ("64.72", None)]


def test_read_frame_trims_cells_and_leaves_out_empty_rows_at_the_end_only(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(" kode ,dpt\n 64.71 , 5\n\n64.72,6\n,\n\n")

    frame = read_frame(path)

    assert frame.columns == ["kode", "dpt"]
    assert frame.rows() == [("64.71", "5"), (None, None), ("64.72", "6")]


def test_read_frame_reads_spreadsheet_cells_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["kode", "dpt", "persen"])
        sheet.write_row(1, 0, ["64.71", 443243, 60.13])

    assert read_frame(path).rows() == [("64.71", "443243", "60.13")]


def test_read_frame_keeps_the_types_of_parquet(tmp_path: Path) -> None:
    frame = pl.DataFrame({"kode": ["64.71"], "dpt": [5]})
    frame.write_parquet(tmp_path / "a.parquet")

    assert read_frame(tmp_path / "a.parquet").schema == frame.schema


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.txt", b"a,b\n1,2\n", UnknownEndingError),
        ("a.csv", b"", EmptyTableError),
        ("a.csv", b"\n\n", EmptyTableError),
        ("a.csv", b"a,b\n", EmptyTableError),
        ("a.csv", b"a,b\n,\n", EmptyTableError),
        ("a.csv", b"PK\x03\x04", DisguisedFileError),
        ("a.csv", b"<!DOCTYPE html><html>", DisguisedFileError),
        ("a.csv", b"\x01\x00\x02", DisguisedFileError),
        ("a.xlsx", b"a,b\n1,2\n", DisguisedFileError),
        ("a.xlsx", b"PK\x03\x04 and no more", DisguisedFileError),
        ("a.parquet", b"PAR1 and no more", DisguisedFileError),
        ("a.csv", b"a,b\n1,2\n1,2,3\n", BrokenTableError),
        ("a.csv", b"a,a\n1,2\n", SeveralErrors),
        ("a.csv", b'a,b\n"1,2\n', BilikError),
    ],
)
def test_read_frame_names_what_is_wrong(tmp_path: Path, name: str, content: bytes, fault: type[BilikError]) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(fault, match=name.replace(".", r"\.")):
        read_frame(tmp_path / name)


def test_read_frame_says_the_row_with_too_many_cells(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('a,b\n"x\ny",2\n1,2,3\n')

    with pytest.raises(BrokenTableError, match="row 3: found 3 cells, wanted 2"):
        read_frame(tmp_path / "a.csv")


def test_read_frame_tells_a_missing_file_from_one_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()

    with pytest.raises(MissingFileError):
        read_frame(tmp_path / "none.csv")
    with pytest.raises(UnreadableFileError):
        read_frame(tmp_path / "folder.csv")


def test_check_columns_names_every_missing_column_and_what_was_found() -> None:
    with pytest.raises(SeveralErrors) as caught:
        check_columns(pl.DataFrame({"kode": []}), ["kode", "dpt", "users"], file="a.csv")

    assert [error.facts["wanted"] for error in caught.value.errors] == ["dpt", "users"]
    assert all(error.facts["found"] == "kode" for error in caught.value.errors)


def test_typed_adds_missing_columns_as_gaps_and_reads_days() -> None:
    frame = typed(pl.DataFrame({"day": ["2024-11-27"]}), {"day": pl.Date, "dpt": pl.Int64})

    assert frame.schema == {"day": pl.Date, "dpt": pl.Int64}
    assert frame["dpt"].to_list() == [None]

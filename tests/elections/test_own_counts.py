"""A results file of somebody's own."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from bilik.elections.acceptance import accepted
from bilik.elections.elections import ElectionKind, Regime
from bilik.elections.files import read_counts
from bilik.foundation.errors import SeveralErrors
from bilik.foundation.language import ENGLISH

GOOD = """kode;nama;pemilu;jenis;tanggal;dpt_l;dpt_p;pengguna;sah;tidak_sah;persen
32.76;Depok;Pilwali 2020;pilwali;09/12/2020;300;310;400;390;10;65,6
3276;Depok;Pilwali 2015;Wali Kota;2015-12-09;290;300;380;370;10;
32.76;Depok;Pilgub 2018;pilgub;2018-06-27;300;300;;390;10;
32.76.01;;Pilpres 2024;pilpres;2024-02-14;100;100;150;;;
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "results.csv"
    path.write_text(text)
    return path


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(SeveralErrors) as caught:
        read_counts(write(folder, text))
    return caught.value.text(ENGLISH.translate).splitlines()


def test_a_file_with_indonesian_headings_becomes_a_whole_bundle(tmp_path: Path) -> None:
    figures = read_counts(write(tmp_path, GOOD))

    table = accepted(figures).sort("election")
    assert table.select("election", "region", "dpt", "users").rows() == [
        ("pilgub-2018", "32.76", 600, 400),  # users from the ballots
        ("pilpres-2024", "32.76.01", 200, 150),
        ("pilwali-2015", "32.76", 590, 380),
        ("pilwali-2020", "32.76", 610, 400),
    ]
    assert figures.sources.select("source", "title", "kind").rows() == [("results-csv", "results.csv", "internal")]
    assert figures.counts["published_digits"].to_list() == [1, None, None, None]


def test_its_elections_follow_from_the_rows_and_the_coming_ones_are_added(tmp_path: Path) -> None:
    elections = {election.slug: election for election in read_counts(write(tmp_path, GOOD)).elections}

    assert list(elections) == [
        "pilwali-2015", "pilgub-2018", "pilwali-2020", "pilpres-2024", "pemilu-2029", "pilgub-2031", "pilwali-2031",
    ]  # fmt: skip
    assert elections["pilwali-2020"].held_on == dt.date(2020, 12, 9)
    assert [elections[slug].region for slug in ("pilwali-2015", "pilgub-2018", "pilpres-2024")] == ["32.76", "32", "00"]
    assert elections["pilgub-2018"].kind == ElectionKind.GOVERNOR
    assert elections["pilpres-2024"].regime == Regime.PEMILU
    assert elections["pilwali-2031"].region == "32.76"


def test_its_regions_are_named_by_the_file_or_the_nations_list(tmp_path: Path) -> None:
    regions = dict(read_counts(write(tmp_path, GOOD)).regions.select("code", "name").iter_rows())

    assert regions == {"00": "Indonesia", "32": "Jawa Barat", "32.76": "Depok", "32.76.01": "Pancoran Mas"}


def test_english_headings_and_names_of_the_counts_themselves(tmp_path: Path) -> None:
    text = "region,election,kind,date,dpt,users,station\n64.71.01.1001,e,mayor,2024-11-27,100,60,1\n"

    figures = read_counts(write(tmp_path, text))

    assert figures.counts.select("election", "station", "dpt", "users").rows() == [("e", "1", 100, 60)]


def test_missing_columns_are_all_named(tmp_path: Path) -> None:
    lines = faults(tmp_path, "kode,pemilu,dpt_l,sah\n64.71,e,1,2\n")

    assert len(lines) == 4
    assert all("found: kode, pemilu, dpt_l, sah" in line for line in lines)
    assert [word for word in ("kind", "date", "dpt", "users") if f'"{word}"' in "".join(lines)] == [
        "kind", "date", "dpt", "users",
    ]  # fmt: skip


def test_every_faulty_cell_is_told_under_the_files_own_heading(tmp_path: Path) -> None:
    lines = faults(
        tmp_path,
        "kode,pemilu,jenis,tanggal,dpt,pengguna,persen\n647,e,pilkades,soon,1.204,-3,101\n64.71,,mayor,2020-12-09,5,3,60\n",
    )

    assert [line.split('"')[1] for line in lines] == [
        "pemilu", "kode", "jenis", "tanggal", "dpt", "pengguna", "persen",
    ]  # fmt: skip


def test_users_above_the_list_and_sums_that_do_not_add_up_are_told_by_row(tmp_path: Path) -> None:
    text = "region,election,kind,date,dpt,users,valid,invalid\n64.71,e,mayor,2020-12-09,100,120,100,10\n"

    lines = faults(tmp_path, text)
    figures = read_counts(write(tmp_path, text), strict=False)

    assert len(lines) == 2
    assert lines[0].startswith("results.csv, row 2: People who voted: 120, but the list allows 100 at most. Correct")
    assert lines[1].startswith("results.csv, row 2: Valid and invalid ballots add up to 110, the users are 120. ")
    assert figures.counts.height == 1
    assert accepted(figures).is_empty()


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("64.71,e,mayor,2020-12-09,10,5\n6471,E,mayor,2020-12-09,10,5\n", "row 3: e in 64.71 stands above already"),
        ("64.71,e,mayor,2020-12-09,10,5\n64.72,e,governor,2020-12-09,10,5\n", 'differ in the column "kind"'),
        ("64.71,e,mayor,2020-12-09,10,5\n64.72,e,mayor,2021-12-09,10,5\n", 'differ in the column "date"'),
        ("64.71,e,,2020-12-09,10,5\n", "no row of e says its kind"),
        ("64.99,e,mayor,2020-12-09,10,5\n", "row 2: no region has the code 64.99"),
    ],
)
def test_rows_that_do_not_fit_together_are_told(tmp_path: Path, rows: str, fault: str) -> None:
    assert fault in faults(tmp_path, f"region,election,kind,date,dpt,users\n{rows}")[0]


def test_a_parquet_file_keeps_its_types(tmp_path: Path) -> None:
    path = tmp_path / "results.parquet"
    pl.DataFrame({
        "region": ["64.71"], "election": ["e"], "kind": ["mayor"], "date": [dt.date(2020, 12, 9)],
        "dpt": [100], "users": [60], "percent": [60.0], "published_percent": [60.0],
    }).write_parquet(path)  # fmt: skip

    assert read_counts(path).counts["users"].to_list() == [60]

"""`bilik turnout …` on the shipped figures and on a file of one's own."""

import csv
import io
import json
import shutil
import subprocess
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import fastexcel
import pytest

from bilik.__main__ import ENTRIES
from bilik.cli import run
from bilik.elections.cli import ShippedDoor

ASKED = ("--region", "64.71", "--election", "pilwali-2031", "--target", "0.75", "--draws", "400")
FIELDS = {
    "region", "election", "target_share", "electorate", "median_share", "interval_80", "interval_95",
    "chance_of_target", "missing_voters", "areas",
}  # fmt: skip
AREA_FIELDS = {"code", "name", "electorate", "median_share", "interval_80", "target_share", "missing_voters"}
RESULTS = """region,election,kind,date,dpt,users
64.71,pilwali-2015,mayor,2015-12-09,400000,230000
64.71,pilwali-2020,mayor,2020-12-09,443243,266536
64.71,pilwali-2024,mayor,2024-11-27,520986,315424
"""
LETTERHEAD = """agency_lines = ["Pemerintah Kota Contoh", "Badan Contoh"]
address = "Jalan Contoh 1"
place = "Contoh"
signatory_title = "Kepala Badan,"
signatory_name = "Nama Contoh"
"""


def said(*words: str) -> str:
    """Run one command line that must succeed and return what it printed."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(ENTRIES, ShippedDoor, words)
    assert (code, err.getvalue()) == (0, "")
    return out.getvalue()


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    """The forecast as the issue asks for it."""
    return json.loads(said("turnout", "forecast", *ASKED, "--format", "json"))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_forecast_is_an_object_with_the_promised_fields(record: dict[str, Any]) -> None:
    assert record.keys() >= FIELDS
    assert record["missing_voters"].keys() == {"median", "low", "high"}
    assert all(area.keys() >= AREA_FIELDS for area in record["areas"])
    assert (record["region"], record["election"], record["target_share"]) == ("64.71", "pilwali-2031", 0.75)


def test_the_areas_electorates_add_up_to_the_citys(record: dict[str, Any]) -> None:
    assert len(record["areas"]) == 34
    assert sum(area["electorate"] for area in record["areas"]) == record["electorate"]


def test_shares_lie_in_their_intervals_and_between_none_and_all(record: dict[str, Any]) -> None:
    low_95, high_95 = record["interval_95"]
    low_80, high_80 = record["interval_80"]

    assert 0 < low_95 <= low_80 <= record["median_share"] <= high_80 <= high_95 < 1
    assert 0 <= record["chance_of_target"] <= 1
    for area in record["areas"]:
        low, high = area["interval_80"]
        assert 0 < low <= area["median_share"] <= high < 1
        assert 0 < area["target_share"] < 1


def test_missing_voters_are_the_gap_to_the_target_in_people(record: dict[str, Any]) -> None:
    missing, electorate = record["missing_voters"], record["electorate"]
    low, high = record["interval_80"]

    assert missing["median"] == pytest.approx((0.75 - record["median_share"]) * electorate, abs=1)
    assert missing["low"] == pytest.approx(max(0, 0.75 - high) * electorate, abs=1)
    assert missing["high"] == pytest.approx((0.75 - low) * electorate, abs=1)


def test_the_same_seed_gives_the_same_answer_and_another_seed_another(record: dict[str, Any]) -> None:
    again = json.loads(said("turnout", "forecast", *ASKED, "--format", "json"))
    other = json.loads(said("turnout", "forecast", *ASKED, "--seed", "1", "--format", "json"))

    assert again == record
    assert other["median_share"] != record["median_share"]
    assert other["median_share"] == pytest.approx(record["median_share"], abs=0.02)


def test_the_forecast_as_csv_has_a_row_an_area_and_shares_as_numbers(record: dict[str, Any]) -> None:
    table = rows(said("turnout", "forecast", *ASKED, "--format", "csv"))

    assert [row["code"] for row in table] == [area["code"] for area in record["areas"]]
    assert float(table[0]["low_80"]) == record["areas"][0]["interval_80"][0]


def test_the_forecast_is_said_in_indonesian_unless_english_is_asked_for(record: dict[str, Any]) -> None:
    indonesian = said("turnout", "forecast", *ASKED)
    english = said("--lang", "en", "turnout", "forecast", *ASKED)
    percent = f"{record['median_share'] * 100:.1f}%"

    assert english.startswith(f"Pilwali Balikpapan 2031: forecast {percent}, in 8 of 10 cases ")
    assert indonesian.startswith(f"Pilwali Balikpapan 2031: prakiraan {percent.replace('.', ',')}, ")
    assert f"{record['missing_voters']['median']:,}".replace(",", ".") in indonesian


def test_a_city_can_be_named_without_dots(record: dict[str, Any]) -> None:
    undotted = json.loads(said("turnout", "forecast", "--region", "6471", *ASKED[2:], "--format", "json"))

    assert undotted == record


def test_the_history_is_on_the_basis_that_was_asked_for() -> None:
    on_dpt = json.loads(said("turnout", "history", "--region", "64.71", "--format", "json"))
    on_all = rows(
        said("turnout", "history", "--region", "64.71", "--basis", "users_of_all_lists", "--format", "csv"),
    )

    assert next(row["share"] for row in on_dpt if row["election"] == "pilwali-2020") == 266_536 / 443_243
    of_2020 = next(row for row in on_all if row["election"] == "pilwali-2020")
    assert float(of_2020["share"]) == pytest.approx(266_536 / 449_065)


def test_the_history_as_table_is_in_percent_and_in_the_readers_form() -> None:
    indonesian = said("turnout", "history", "--region", "64.71")
    english = said("--lang", "en", "turnout", "history", "--region", "64.71")

    assert "520.986" in indonesian
    assert " 60,1 " in indonesian  # 266,536 / 443,243
    assert "520,986" in english
    assert " 60.1 " in english
    assert english.startswith("Election ")


def test_the_history_goes_down_to_the_kelurahan() -> None:
    table = rows(said("turnout", "history", "--region", "64.71", "--level", "ward", "--format", "csv"))

    of_2019 = [row for row in table if row["election"] == "pilpres-2019"]
    assert len({row["region"] for row in of_2019}) == 34


def test_targets_add_up_to_the_citys_target() -> None:
    table = json.loads(said("turnout", "targets", *ASKED, "--format", "json"))

    wanted = 0.75 * sum(row["electorate"] for row in table)
    rounded = len(table) / 2
    assert sum(row["target_people"] for row in table) == pytest.approx(wanted, abs=rounded)
    assert all(
        row["points"] == pytest.approx(100 * (row["target_share"] - row["median_share"]), abs=0.05) for row in table
    )


def test_the_rule_of_splitting_changes_the_targets() -> None:
    equal = rows(said("turnout", "targets", *ASKED, "--rule", "equal_points", "--format", "csv"))
    table = said("turnout", "targets", *ASKED)

    assert len({row["points"] for row in equal}) == 1
    assert len(table.splitlines()) == 2 + 34


@pytest.mark.slow
def test_the_backtest_sets_each_forecast_beside_what_happened() -> None:
    records = json.loads(said("turnout", "backtest", "--region", "64.71", "--format", "json"))
    table = rows(said("turnout", "backtest", "--region", "64.71", "--format", "csv"))

    last = next(row for row in records if row["election"] == "pilwali-2024")
    assert last["actual_share"] == pytest.approx(315_424 / 520_986)
    assert last["covered_80"] == (last["low_80"] <= last["actual_share"] <= last["high_80"])
    assert [row["election"] for row in table] == [row["election"] for row in records]


def test_a_file_needs_neither_region_nor_election_named(tmp_path: Path) -> None:
    (tmp_path / "results.csv").write_text(RESULTS)

    words = ("--counts", str(tmp_path / "results.csv"), "--target", "0.75", "--format", "json")
    record = json.loads(said("turnout", "forecast", *words))

    assert (record["region"], record["election"]) == ("64.71", "pilwali-2031")
    assert record["electorate"] == 520_986
    assert [row["election"] for row in json.loads(said("turnout", "history", *words[:2], *words[4:]))] == [
        "pilwali-2015", "pilwali-2020", "pilwali-2024",
    ]  # fmt: skip


def test_a_number_of_voters_of_ones_own_replaces_the_latest_list(tmp_path: Path) -> None:
    (tmp_path / "results.csv").write_text(RESULTS)

    record = json.loads(
        said("turnout", "forecast", "--counts", str(tmp_path / "results.csv"), "--electorate", "600000",
             "--format", "json")
    )  # fmt: skip

    assert record["electorate"] == 600_000


@pytest.mark.slow
def test_the_brief_is_written_as_pdf_under_the_offices_letterhead(tmp_path: Path) -> None:
    head, brief = tmp_path / "letterhead.toml", tmp_path / "brief.pdf"
    head.write_text(LETTERHEAD)

    out = said("turnout", "brief", *ASKED, "-o", str(brief), "--letterhead", str(head))

    assert str(brief) in out
    assert brief.read_bytes().startswith(b"%PDF")
    if not shutil.which("pdftotext"):
        pytest.skip("the words of the brief need pdftotext: apt install poppler-utils")
    read = subprocess.run(["pdftotext", brief, "-"], capture_output=True, text=True, check=True)  # noqa: S603, S607
    assert "BADAN CONTOH" in read.stdout
    assert "Nama Contoh" in read.stdout


@pytest.mark.slow
def test_the_brief_is_written_as_a_spreadsheet_in_the_readers_language(tmp_path: Path) -> None:
    book = tmp_path / "brief.xlsx"

    out = said("--lang", "en", "turnout", "brief", *ASKED, "-o", str(book))

    assert out == f"Written: {book}\n"
    assert book.read_bytes().startswith(b"PK")
    assert "Areas" in fastexcel.read_excel(book).sheet_names

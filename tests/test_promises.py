"""PRIVACY.md: no voter is named anywhere, and each promise has a test that guards it."""

import re
from pathlib import Path

import polars as pl
import pytest
from django.apps import apps
from django.db.models import Field

from bilik.elections.figures import COUNT_SCHEMA, ELECTORATE_SCHEMA, WHOLE_COLUMNS
from bilik.elections.own_counts import HEADINGS

ROOT = Path(__file__).resolve().parent.parent
#: What would tell one voter from another, in both languages.
PERSONAL = re.compile(
    r"(^|_)(nik|nkk|kk|ktp|name|nama|voter|pemilih|birth\w*|lahir|tgl\w*|address|alamat|street|jalan|rt|rw|"
    r"phone|telp\w*|hp|email|gender|sex|age|umur|religion|agama|signature|photo|foto|face|disab\w*)(_|$)"
)
#: Names of places, elections, offices, files, publishers and sets, and the people who have an account of their own.
NOT_OF_VOTERS = {
    "accounts.Agency.name", "accounts.Person.name", "accounts.Person.email", "elections.CountFile.name",
    "elections.ElectionRecord.name", "regions.Region.name", "turnout.TargetSet.name",
}  # fmt: skip


@pytest.mark.parametrize("column", ["nik", "nama", "nama_pemilih", "tanggal_lahir", "voter_name", "alamat", "no_ktp"])
def test_the_pattern_finds_what_it_is_for(column: str) -> None:
    assert PERSONAL.search(column)


@pytest.mark.parametrize("schema", [COUNT_SCHEMA, ELECTORATE_SCHEMA], ids=["counts", "electorates"])
def test_no_column_of_the_figures_is_about_one_person(schema: dict[str, type[pl.DataType]]) -> None:
    assert [column for column in schema if PERSONAL.search(column)] == []


def test_a_row_of_counts_says_where_and_how_many_and_nothing_else() -> None:
    about = {"election", "region", "station", "source", "denominator", "note_id", "note_en"}

    assert set(COUNT_SCHEMA) == about | set(WHOLE_COLUMNS) | {"published_percent", "published_digits"}
    assert {COUNT_SCHEMA[column] for column in WHOLE_COLUMNS} == {pl.Int64}


def test_a_file_of_ones_own_is_read_for_no_column_about_one_person() -> None:
    read = set(HEADINGS.values()) - {"name"}  # the region's

    assert [column for column in read if PERSONAL.search(column)] == []
    assert not {"nik", "nama_pemilih", "alamat"} & set(HEADINGS)


def test_no_table_of_the_workspace_has_room_for_a_voter() -> None:
    fields = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("bilik.")
        for field in model._meta.get_fields()
        if isinstance(field, Field)
    }

    assert fields >= NOT_OF_VOTERS
    assert {name for name in fields if PERSONAL.search(name.rpartition(".")[2])} == NOT_OF_VOTERS


def test_every_promise_names_a_guard_that_is_there() -> None:
    rows = re.findall(r"^\| (?!Promise|-)(.+) \|$", (ROOT / "PRIVACY.md").read_text(), re.MULTILINE)
    guards = {row.split(" | ")[0]: re.findall(r"`(tests/[\w/]+\.py)`", row.split(" | ")[-1]) for row in rows}

    assert len(guards) >= 8
    assert [promise for promise, files in guards.items() if not files] == []
    assert [file for files in guards.values() for file in files if not (ROOT / file).is_file()] == []


def test_what_a_promise_is_kept_by_is_there() -> None:
    rows = re.findall(r"^\| (?!Promise|-)(.+) \|$", (ROOT / "PRIVACY.md").read_text(), re.MULTILINE)
    kept_by = [file for row in rows for file in re.findall(r"`([\w/]+\.py)`", row.split(" | ")[1])]

    assert kept_by
    assert [file for file in kept_by if not (ROOT / "src" / "bilik" / file).is_file()] == []

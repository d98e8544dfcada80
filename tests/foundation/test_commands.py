"""How rows are printed."""

import datetime as dt
import json

import click
import polars as pl
import pytest

from bilik.foundation.commands import language_of, print_rows
from bilik.foundation.language import ENGLISH, INDONESIAN

ROWS = pl.DataFrame(
    {
        "name": ["Manggar", None],
        "voters": [24906, None],
        "percent": [60.13, 78.0],
        "day": [dt.date(2024, 11, 27), None],
    }
)
HEADINGS = {"name": "Area", "voters": "Voters", "percent": "Turnout", "day": "Day"}


def test_table_has_numbers_to_the_right_in_the_readers_form(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(ROWS, "table", HEADINGS, ENGLISH)
    english = capsys.readouterr().out.splitlines()
    print_rows(ROWS.select("voters"), "table", {"voters": "Voters"}, INDONESIAN)

    assert english == [
        "Area     Voters  Turnout  Day",
        "-------  ------  -------  ----------------",
        "Manggar  24,906    60.13  27 November 2024",
        "–             –       78  –",
    ]
    assert "24.906" in capsys.readouterr().out


def test_json_and_csv_keep_plain_values(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(ROWS, "json", HEADINGS, INDONESIAN)
    first, second = json.loads(capsys.readouterr().out)
    print_rows(ROWS, "csv", HEADINGS, INDONESIAN)

    assert first == {"name": "Manggar", "voters": 24906, "percent": 60.13, "day": "2024-11-27"}
    assert second == {"name": None, "voters": None, "percent": 78.0, "day": None}
    assert capsys.readouterr().out == "name,voters,percent,day\nManggar,24906,60.13,2024-11-27\n,,78.0,\n"


def test_language_of_is_indonesian_where_nobody_said_otherwise() -> None:
    assert language_of(click.Context(click.Command("x"))) == INDONESIAN
    assert language_of(click.Context(click.Command("x"), obj=type("D", (), {"language": ENGLISH})())) == ENGLISH

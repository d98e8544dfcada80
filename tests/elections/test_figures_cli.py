"""`bilik figures …` on the shipped figures."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bilik.elections.cli import FailedChecksError, NothingStatedError, ShippedDoor, figures
from bilik.elections.elections import UnknownElectionError
from bilik.foundation.errors import BilikError, SeveralErrors
from bilik.foundation.language import ENGLISH
from bilik.regions.files import NoShippedRegionError
from bilik.regions.hierarchy import UnknownRegionError

HEADING = "region,election,kind,date,dpt,users\n"


def bilik(*words: str) -> Result:
    return CliRunner().invoke(figures, words, obj=ShippedDoor(ENGLISH))


def test_list_gives_the_accepted_figures_in_order_of_elections() -> None:
    rows = json.loads(bilik("list", "--region", "6471", "--format", "json").output)

    assert [row["election"] for row in rows][:2] == ["pilwali-2011", "pilgub-2013"]
    assert rows[-1]["users"] == 315_424
    assert len(json.loads(bilik("list", "--election", "pilpres-2019", "--format", "json").output)) == 41


def test_show_gives_every_statement_with_its_use_and_reason() -> None:
    rows = json.loads(bilik("show", "64.71", "pilpres-2024", "--format", "json").output)

    percents = {row["value"]: row["use"] for row in rows if row["column"] == "published_percent"}
    assert percents == {78.63: "accepted", 77.0: "rival", 80.0: "rival", 70.0: "rival"}
    assert [row["use"] for row in rows if row["column"] == "valid"] == ["withheld"]
    assert "most detailed" in next(row["reason"] for row in rows if row["value"] == 78.63)


def test_show_says_which_check_a_statement_fails() -> None:
    output = bilik("show", "64.71", "pilgub-2018").output

    assert "quarantined" in output
    assert "onixradio-2018: The printed turnout is 64.50 percent, its parts give 64.80." in output


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("show", "64.71", "pilwali-2031"), NothingStatedError),
        (("show", "64.71", "pilwali-1999"), UnknownElectionError),
        (("show", "64.71.09", "pilwali-2020"), UnknownRegionError),
        (("list", "--region", "64.72"), NoShippedRegionError),
        (("list", "--election", "x"), UnknownElectionError),
    ],
)
def test_what_is_not_known_is_told(words: tuple[str, ...], fault: type[BilikError]) -> None:
    assert isinstance(bilik(*words).exception, fault)


def test_check_reports_the_shipped_failures_without_an_error() -> None:
    result = bilik("check")

    assert result.exception is None
    assert "tim-paslon-2020" in result.output
    assert "33 of 266 rows fail a check" in result.output


def test_check_of_a_file_ends_with_an_error_if_a_row_fails(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(HEADING + "64.71,e,mayor,2020-12-09,100,120\n")
    bad = bilik("check", str(path))
    path.write_text(HEADING + "64.71,e,mayor,2020-12-09,100,60\n")
    good = bilik("check", str(path))
    path.write_text(HEADING + "64.71,e,mayor,2020-12-09,x,60\n")
    unreadable = bilik("check", str(path))

    assert isinstance(bad.exception, FailedChecksError)
    assert bad.exception.exit_code == 1
    assert (good.exception, good.output) == (None, "All 1 rows pass every check.\n")
    assert isinstance(unreadable.exception, SeveralErrors)


def test_contradictions_and_sources_are_listed() -> None:
    assert "ballots of one source against users of another" in bilik("contradictions").output
    assert "pilwali-2024,64.71,ballots,users,315424.0" in bilik("contradictions", "--format", "csv").output
    assert "Official record" in bilik("sources").output
    assert json.loads(bilik("sources", "--format", "json").output)[0]["kind"] == "press"


def test_a_door_without_figures_gives_the_shipped_ones() -> None:
    assert CliRunner().invoke(figures, ["list"]).exception is None

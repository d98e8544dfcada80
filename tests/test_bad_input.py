"""What people get wrong, each answered in both languages, with nothing changed and nothing left behind.

The real command line in an empty folder: no workspace but the one a test makes.
"""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from bilik.__main__ import ENTRIES, workspace_door
from bilik.cli import run
from bilik.site.workspace import VARIABLE, WorkspaceKind, make_workspace

HEADING = "region,election,kind,date,dpt,users"
GOOD_ROW = "64.71,pilwali-2015,mayor,2015-12-09,400000,230000"
NOISE = b"\x9c\x00\xff\x12\x00" * 200
LETTERHEAD = 'address = ""\nplace = ""\nsignatory_title = ""\nsignatory_name = ""\n'
Refused = Callable[..., tuple[str, str]]


@pytest.fixture
def refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Refused:
    """Run a command line in Indonesian and English; check code, facts and that the folder stays as it was."""
    monkeypatch.setenv(VARIABLE, "")  # so that what a command sets is taken back
    monkeypatch.delenv(VARIABLE)
    monkeypatch.chdir(tmp_path)

    def answers(*words: str, code: int, facts: tuple[str, ...]) -> tuple[str, str]:
        before = contents(tmp_path)
        told = []
        for language in ("id", "en"):
            assert run(ENTRIES, workspace_door, ("--lang", language, *words)) == code
            out, err = capsys.readouterr()
            assert out == ""
            assert [fact for fact in facts if fact not in err] == []
            told.append(err)
        assert contents(tmp_path) == before
        assert told[0].splitlines()[-1] != told[1].splitlines()[-1]  # the line before may say where figures are from
        return told[0], told[1]

    return answers


def contents(folder: Path) -> dict[str, bytes | None]:
    """Return everything in a folder with what it holds."""
    return {str(one): one.read_bytes() if one.is_file() else None for one in folder.rglob("*")}


def results(folder: Path, *rows: str, heading: str = HEADING) -> str:
    (folder / "results.csv").write_text("\n".join((heading, *rows)) + "\n")
    return "results.csv"


def test_an_unknown_region_is_named_with_those_there_are(refused: Refused) -> None:
    _, english = refused("turnout", "forecast", "--region", "64.72", code=2, facts=("64.72", "64.71"))

    assert "No figures are shipped for the region 64.72" in english


def test_a_region_that_is_not_in_the_file_is_named(refused: Refused, tmp_path: Path) -> None:
    file = results(tmp_path, GOOD_ROW)

    refused("turnout", "forecast", "--counts", file, "--region", "64.72", code=2, facts=("64.72",))


def test_a_word_that_is_no_region_code_is_answered_with_the_form_of_one(refused: Refused) -> None:
    refused("turnout", "history", "--region", "balikpapan", code=2, facts=("balikpapan", "64.71"))


def test_an_unknown_election_is_named_with_the_known_ones(refused: Refused) -> None:
    words = ("turnout", "forecast", "--region", "64.71", "--election", "pilwali-2099")

    refused(*words, code=2, facts=("pilwali-2099", "pilwali-2031", "pemilu-2029"))


def test_a_target_of_75_is_understood_as_a_percentage(refused: Refused) -> None:
    _, english = refused("turnout", "forecast", "--region", "64.71", "--target", "75", code=2, facts=("75%", "0.75"))

    assert "If 75% is meant, write 0.75" in english


@pytest.mark.parametrize("target", ["0", "1", "-0.5", "750", "nan"])
def test_a_target_that_nobody_can_mean_is_refused(refused: Refused, target: str) -> None:
    refused("turnout", "targets", "--region", "64.71", f"--target={target}", code=2, facts=(target, "0.75"))


def test_a_percentage_above_100_is_told_by_file_row_and_column(refused: Refused, tmp_path: Path) -> None:
    heading = f"{HEADING},published_percent"
    file = results(tmp_path, f"{GOOD_ROW},57.5", "64.71,e,mayor,2020-12-09,100,60,160", heading=heading)

    refused("turnout", "forecast", "--counts", file, code=2, facts=(file, "3", "published_percent", "160"))


def test_users_above_the_list_are_told_by_file_and_row(refused: Refused, tmp_path: Path) -> None:
    file = results(tmp_path, GOOD_ROW, "64.71,e,mayor,2020-12-09,100,120")

    _, english = refused("turnout", "forecast", "--counts", file, code=2, facts=(file, "3", "120", "100"))

    assert "results.csv, row 3:" in english


def test_totals_that_do_not_add_up_are_told_with_both_figures(refused: Refused, tmp_path: Path) -> None:
    heading = f"{HEADING},valid,invalid,dpt_male,dpt_female"
    file = results(tmp_path, "64.71,e,mayor,2020-12-09,100,60,50,5,51,52", heading=heading)

    told = refused("turnout", "history", "--counts", file, code=2, facts=(file, "2", str(50 + 5), "60", str(51 + 52)))

    assert [len(answer.splitlines()) for answer in told] == [2, 2]


@pytest.mark.parametrize("name", ["results.csv", "results.xlsx", "results.parquet"])
def test_a_file_that_is_no_table_is_named(refused: Refused, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(NOISE)

    refused("turnout", "forecast", "--counts", name, code=2, facts=(name,))


def test_a_missing_file_and_a_folder_are_named(refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()

    _, missing = refused("turnout", "forecast", "--counts", "none.csv", code=2, facts=("none.csv",))
    _, folder = refused("turnout", "forecast", "--counts", "folder.csv", code=2, facts=("folder.csv",))

    assert missing.startswith("There is no file")
    assert folder.startswith("folder.csv cannot be read")


@pytest.mark.parametrize("words", [("serve",), ("demo", "--no-serve"), ("turnout", "history"), ("figures", "list")])
@pytest.mark.parametrize("kind", ["office", "a kind that only the newer bilik knows"])
def test_a_workspace_of_a_newer_bilik_is_left_alone(
    refused: Refused, tmp_path: Path, words: tuple[str, ...], kind: str
) -> None:
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "workspace.toml").write_text(f'format = 99\nkind = "{kind}"\n')

    refused("--workspace", "w", *words, code=3, facts=(str(tmp_path / "w"), "99"))


@pytest.mark.parametrize("words", [("serve",), ("turnout", "history"), ("figures", "sources")])
def test_a_folder_without_a_workspace_is_told_how_to_get_one(refused: Refused, words: tuple[str, ...]) -> None:
    refused("--workspace", "none", *words, code=3, facts=("none", "bilik demo", "--workspace"))


def test_a_port_in_use_is_told_before_anything_is_made(refused: Refused, tmp_path: Path) -> None:
    make_workspace(tmp_path / "there", WorkspaceKind.OFFICE)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        for words in (("--workspace", "there", "serve"), ("--workspace", "new", "demo")):
            refused(*words, "--port", str(port), code=5, facts=(str(port), f"--port {port + 1}"))


def test_a_workspace_cannot_be_made_where_nothing_may_be_written(refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    refused("--workspace", "file/w", "demo", "--no-serve", code=4, facts=(str(tmp_path / "file" / "w"),))


@pytest.mark.parametrize("words", [("serve", "--port", "8999"), ("demo", "--no-serve"), ("turnout", "history")])
def test_a_part_of_the_workspace_that_cannot_be_written_is_named(
    refused: Refused, tmp_path: Path, words: tuple[str, ...]
) -> None:
    make_workspace(tmp_path / "w", WorkspaceKind.DEMO)
    (tmp_path / "w" / "cache").rmdir()
    (tmp_path / "w" / "cache").write_text("in the way")

    refused("--workspace", "w", *words, code=4, facts=(str(tmp_path / "w" / "cache"),))


@pytest.mark.slow
def test_a_brief_that_cannot_be_written_says_where(refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    words = ("turnout", "brief", "--region", "64.71", "--draws", "100", "-o", "file/brief.xlsx")

    refused(*words, code=4, facts=("file/brief.xlsx", "-o"))


def test_a_form_that_the_brief_does_not_have_is_told_with_those_it_has(refused: Refused) -> None:
    words = ("turnout", "brief", "--region", "64.71", "-o", "brief.docx")

    refused(*words, code=2, facts=("brief.docx", ".pdf", ".xlsx"))


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("place = [", ("TOML", "agency_lines")),
        ('agency_lines = ["A"]', ("address", "place", "signatory_title", "signatory_name")),
        (f'agency_lines = "A"\n{LETTERHEAD}', ("agency_lines",)),
        (f'agency_lines = ["A"]\ncontact = 5\n{LETTERHEAD}', ("contact",)),
        (f'agency_lines = ["A"]\nmotto = "B"\n{LETTERHEAD}', ("motto",)),
    ],
)
def test_a_broken_letterhead_is_told_by_its_parts(
    refused: Refused, tmp_path: Path, text: str, facts: tuple[str, ...]
) -> None:
    (tmp_path / "head.toml").write_text(text)
    words = ("turnout", "brief", "--region", "64.71", "--letterhead", "head.toml")

    refused(*words, code=2, facts=("head.toml", *facts))

    (tmp_path / "head.toml").write_bytes(NOISE)
    refused(*words, code=2, facts=("head.toml",))

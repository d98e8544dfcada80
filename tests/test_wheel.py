"""The package as a wheel that stands alone: installed beside nothing but what it names as its needs."""

import json
import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from contextlib import suppress
from importlib import metadata
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
RESULTS = """region,election,kind,date,dpt,users
64.71,pilwali-2015,mayor,2015-12-09,400000,230000
64.71,pilwali-2020,mayor,2020-12-09,443243,266536
64.71,pilwali-2024,mayor,2024-11-27,520986,315424
"""


def done(*command: object, folder: Path) -> str:
    """Run a command outside the repository, with nothing in its surroundings that points back to it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BILIK", "DJANGO", "PYTHON"))}
    answer = subprocess.run(  # noqa: S603 -- the commands of this file
        [str(word) for word in command], cwd=folder, env=kept, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, folder=ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an empty environment that sees the locked needs of a run, and nothing of the tests."""
    home = tmp_path_factory.mktemp("alone")
    venv.create(home / "env")
    packages = next((home / "env").glob("lib/python*/site-packages"))
    needs = home / "needs"
    needs.mkdir()
    for name in re.findall(r"^([\w.-]+)==", (ROOT / "requirements" / "run.txt").read_text(), re.MULTILINE):
        link_package(name, needs)
    (packages / "needs.pth").write_text(f"{needs}\n")
    pip = (sys.executable, "-m", "pip", "--python", home / "env" / "bin" / "python")
    done(*pip, "install", "-q", "--no-deps", "--no-index", wheel, folder=home)
    return home / "env" / "bin"


def link_package(name: str, folder: Path) -> None:
    """Make an installed package visible in ``folder``; one that only other machines need is left out."""
    with suppress(metadata.PackageNotFoundError):
        installed = metadata.distribution(name)
        for top in {file.parts[0] for file in installed.files or ()} - {"..", "__pycache__"}:
            link = folder / top
            if not link.exists():
                link.symlink_to(installed.locate_file(top))


def test_every_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    source = ROOT / "src"
    wanted = {str(file.relative_to(source)) for file in (source / "bilik").rglob("*") if file.is_file()}

    held = set(zipfile.ZipFile(wheel).namelist())

    assert {name for name in wanted - held if "__pycache__" not in name} == set()
    for kind in (".html", ".css", ".js", ".mo", ".csv", ".typ", "migrations/0001_initial.py"):
        assert [name for name in held if name.endswith(kind)], kind


def test_the_wheel_asks_for_what_the_project_file_names(wheel: Path) -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]

    head = next(name for name in zipfile.ZipFile(wheel).namelist() if name.endswith("/METADATA"))
    stated = re.findall(r"^Requires-Dist: ([^;\n]+)$", zipfile.ZipFile(wheel).read(head).decode(), re.MULTILINE)

    assert sorted(map(plain, stated)) == sorted(map(plain, wanted))


def plain(requirement: str) -> list[str]:
    return sorted(re.split(r"(?=[<>=!~])|,", requirement.replace(" ", "")))


def test_bilik_comes_from_the_wheel_and_not_from_the_checkout(programs: Path, tmp_path: Path) -> None:
    place = done(programs / "python", "-c", "import bilik; print(bilik.__file__)", folder=tmp_path)

    assert Path(place).is_relative_to(programs.parent)


def test_the_forecast_runs_on_a_file(programs: Path, tmp_path: Path) -> None:
    (tmp_path / "results.csv").write_text(RESULTS)
    words = ("turnout", "forecast", "--counts", "results.csv", "--target", "0.75", "--format", "json")

    record = json.loads(done(programs / "bilik", *words, folder=tmp_path))

    assert (record["region"], record["election"], record["electorate"]) == ("64.71", "pilwali-2031", 520_986)
    assert 0 < record["median_share"] < 1
    assert [file.name for file in tmp_path.iterdir()] == ["results.csv"]


def test_help_and_regions_are_answered_in_both_languages(programs: Path, tmp_path: Path) -> None:
    indonesian, english = (done(programs / "bilik", "--lang", code, "--help", folder=tmp_path) for code in ("id", "en"))

    assert "turnout" in indonesian
    assert indonesian != english
    assert "Balikpapan" in done(programs / "bilik", "regions", "show", "64.71", folder=tmp_path)


def test_the_demonstration_is_built_and_printed(programs: Path, tmp_path: Path) -> None:
    brief = done(programs / "bilik", "--workspace", tmp_path / "w", "demo", "--no-serve", folder=tmp_path)

    assert "520.986" in brief
    assert brief.count("•") == 5
    assert (tmp_path / "w" / "records.sqlite3").exists()
    assert list((tmp_path / "w" / "cache" / "static").rglob("page.*css"))

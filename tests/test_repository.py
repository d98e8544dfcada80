"""The repository held to its own rules."""

import ast
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bilik.__main__ import ENTRIES
from bilik.site.workspace import WorkspaceKind, make_workspace

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "bilik"
LONGEST_FILE, LONGEST_FUNCTION = 400, 50  # lines
WRITTEN_BY_HAND = {".py", ".html", ".css", ".js", ".typ"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))
METHOD_PAGES = sorted((ROOT / "docs" / "methods").glob("*.md"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
#: A work by author and year, "Cochran (1977)" or "Gneiting and Raftery 2007", or a law, "UU 7/2017".
CITED = re.compile(r"\((?:18|19|20)\d\d\)|[A-Z]\w+ and [A-Z]\w+,? \(?(?:18|19|20)\d\d|UU \d+/\d{4}")
SLOW_TO_LOAD = {"polars", "numpy", "scipy", "django", "altair", "shapely", "babel"}
DOMAINS = ("foundation", "accounts", "regions", "elections", "turnout")


def sources() -> list[Path]:
    return sorted(file for file in SOURCE.rglob("*.py") if "migrations" not in file.parts)


def answer(*command: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command in the repository and return its end and what it said."""
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)  # noqa: S603 -- of this file


def loaded(code: str) -> set[str]:
    """Run code in a fresh interpreter and return the packages it has loaded by the end."""
    tail = "\nimport sys\nprint('LOADED', *{name.partition('.')[0] for name in sys.modules})"
    done = answer(sys.executable, "-c", code + tail)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.partition("LOADED ")[2].split())


# Sizes


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    files = [file for file in SOURCE.rglob("*") if file.suffix in WRITTEN_BY_HAND and "migrations" not in file.parts]

    lengths = {str(file.relative_to(ROOT)): len(file.read_text().splitlines()) for file in files}

    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{file.relative_to(ROOT)}: {node.name}"
        for file in sources()
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]

    assert long == []


# What the documents say


def test_every_environment_variable_is_explained() -> None:
    explained = (ROOT / "docs" / "deploy.md").read_text()

    read = {name for file in sources() for name in re.findall(r'"(BILIK_[A-Z_]+)"', file.read_text())}

    assert read >= {"BILIK_WORKSPACE", "BILIK_LANG"}
    assert {name for name in read if f"`{name}`" not in explained} == set()


def written_commands() -> Iterator[tuple[str, list[str]]]:
    """Return every command line of run.py that a document shows, with its page."""
    for page in PAGES:
        for line in re.findall(r"python3 run\.py ([a-z][^`\n>]*)", page.read_text()):
            yield page.name, shlex.split(line, comments=True)


def test_every_command_of_the_documents_exists_with_its_options() -> None:
    shown = list(written_commands())

    assert len(shown) >= 10
    assert [(page, words) for page, words in shown if not exists(words)] == []


def exists(words: list[str]) -> bool:
    """Tell whether a command line names a command that there is and only options that it has."""
    if words[0] in {"test", "check", "bench"}:
        return f'"{words[0]}"' in (ROOT / "run.py").read_text()
    if words[0] not in ENTRIES:
        return False
    command, rest = ENTRIES[words[0]].load(), words[1:]
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        if rest[0] not in command.commands:
            return False
        command, rest = command.commands[rest[0]], rest[1:]
    known = {name for option in command.params for name in option.opts}
    return {word.partition("=")[0] for word in rest if word.startswith("-")} <= known


def test_the_lines_of_python_in_the_readme_run() -> None:
    code = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)

    assert code is not None
    done = answer(sys.executable, "-c", code.group(1))

    assert done.returncode == 0, done.stderr
    assert "MissingVoters" in done.stdout


@pytest.mark.parametrize("page", METHOD_PAGES, ids=lambda page: page.stem)
def test_a_method_has_words_formula_source_assumptions_and_limits(page: Path) -> None:
    text = page.read_text()
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)

    assert "In plain words" in headings
    assert {"Formula", "Model", "Checks"} & set(headings)
    assert [heading for heading in headings if "ssumptions" in heading]
    assert [heading for heading in headings if "ot to use it" in heading or "they fail" in heading]
    assert CITED.search(text)


@pytest.mark.parametrize("page", METHOD_PAGES, ids=lambda page: page.stem)
def test_the_code_that_a_method_names_is_there(page: Path) -> None:
    named = re.findall(r"`([\w/]+\.py)`", page.read_text())
    there = [file.as_posix() for file in (*sources(), *(ROOT / "tests").rglob("*.py"))]

    assert named
    assert [name for name in named if not any(file.endswith(f"/{name}") for file in there)] == []


def test_no_path_of_one_machine_stands_in_a_file() -> None:
    files = answer("git", "ls-files", "--cached", "--others", "--exclude-standard").stdout.splitlines()
    path = re.compile(rb"(?<![\w.])/(?:root|home/\w+|Users|work)/")

    held = [name for name in files if (ROOT / name).is_file() and path.search((ROOT / name).read_bytes())]

    assert len(files) > 100
    assert held == []


# Packages


def entries(lock: Path) -> list[str]:
    """Return the packages of a lock, each with its hashes on one line."""
    return lock.read_text().replace("\\\n", " ").splitlines()


def pins(lock: Path) -> dict[str, str]:
    found = re.findall(r"^([\w.-]+)==([^\s;]+)", lock.read_text(), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_locked_package_is_pinned_by_hash_and_names_no_host(lock: Path) -> None:
    lines = entries(lock)

    assert lines
    assert [line for line in lines if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)] == []
    assert "http" not in lock.read_text()


def test_the_locks_hold_what_the_project_file_asks_for() -> None:
    extras = PROJECT["optional-dependencies"]
    wanted = {"run": PROJECT["dependencies"], "develop": [*PROJECT["dependencies"], *extras["test"], *extras["check"]]}

    for name, requirements in wanted.items():
        locked = pins(ROOT / "requirements" / f"{name}.txt")
        asked = [Requirement(one) for one in requirements]
        assert [str(one) for one in asked if locked.get(canonicalize_name(one.name)) not in one.specifier] == []


def test_people_and_developers_run_the_same_versions() -> None:
    run, develop = (pins(ROOT / "requirements" / f"{name}.txt") for name in ("run", "develop"))

    assert run.items() <= develop.items()


# Machines that hold the rules


def test_the_catalogue_is_in_step_and_complete() -> None:
    done = answer(sys.executable, "tools/messages.py", "--check")

    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.slow
def test_the_import_contracts_hold() -> None:
    done = answer(Path(sys.executable).with_name("lint-imports"))

    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


# What is loaded when


def test_the_pure_part_of_every_domain_loads_no_django() -> None:
    pure = [
        ".".join(file.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
        for file in sources()
        if file.relative_to(SOURCE).parts[0] in DOMAINS and "web" not in file.parts
    ]

    assert "bilik.turnout" in pure
    assert "bilik.turnout.forecast" in pure
    assert "django" not in loaded("\n".join(f"import {module}" for module in pure))


HELP = """
import sys
from bilik.__main__ import main
sys.argv = ["bilik", "--help"]
try:
    main()
except SystemExit as end:
    assert not end.code
"""


def test_help_is_answered_before_anything_large_is_loaded() -> None:
    assert loaded(HELP) & SLOW_TO_LOAD == set()


SETTINGS = """
from bilik.site.settings import *
KEPT = {kept}
INSTALLED_APPS = [app for app in INSTALLED_APPS if not app.startswith("bilik.") or app in KEPT]
MIDDLEWARE = [one for one in MIDDLEWARE if not one.startswith("bilik.site")]
TEMPLATES[0]["OPTIONS"]["context_processors"].remove("bilik.site.frame.frame")
ROOT_URLCONF = "lower_addresses"
"""
ADDRESSES = """
from importlib.util import find_spec
from django.conf import settings
from django.urls import include, path
urlpatterns = [path(app + "/", include(app + ".urls")) for app in settings.KEPT if find_spec(app + ".urls")]
"""
OPENED = """
import sys, django
django.setup()
from django.core.management import call_command
call_command("check", "--fail-level", "WARNING")
call_command("makemigrations", "--check", "--dry-run", verbosity=0)
print(*{name.split(".")[1] for name in sys.modules if name.startswith("bilik.")})
"""


@pytest.mark.slow
@pytest.mark.parametrize("height", range(2, len(DOMAINS) + 1), ids=lambda height: DOMAINS[height - 1])
def test_every_lower_set_of_domains_is_a_site_of_its_own(height: int, tmp_path: Path) -> None:
    kept = [f"bilik.{domain}.web" for domain in DOMAINS[:height]]
    make_workspace(tmp_path / "w", WorkspaceKind.OFFICE)
    for part in ("static", "vendor"):
        (tmp_path / "w" / "cache" / part).mkdir()
    (tmp_path / "lower_settings.py").write_text(SETTINGS.format(kept=kept))
    (tmp_path / "lower_addresses.py").write_text(ADDRESSES)
    surroundings = {
        "BILIK_WORKSPACE": str(tmp_path / "w"), "DJANGO_SETTINGS_MODULE": "lower_settings", "PYTHONPATH": str(tmp_path),
    }  # fmt: skip

    done = answer(sys.executable, "-c", OPENED, env=surroundings)

    assert done.returncode == 0, done.stderr
    assert set(done.stdout.splitlines()[-1].split()) & set(DOMAINS) == set(DOMAINS[:height])

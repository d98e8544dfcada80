"""What run.py says where a machine lacks something; it must work before anything is installed."""

import ast
import importlib.util
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).parents[1] / "run.py"


@pytest.fixture
def bootstrap():
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", RUN)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_needs_nothing_but_the_standard_library():
    imported = {
        alias.name.partition(".")[0]
        for node in ast.walk(ast.parse(RUN.read_text()))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    imported |= {
        node.module.partition(".")[0]
        for node in ast.walk(ast.parse(RUN.read_text()))
        if isinstance(node, ast.ImportFrom)
    }

    assert imported <= set(sys.stdlib_module_names)


def test_without_ensurepip_it_says_what_to_install_in_both_languages(bootstrap, monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)

    with pytest.raises(SystemExit) as stopped:
        bootstrap.make_environment()

    indonesian, english = str(stopped.value).splitlines()
    assert "sudo apt install python3" in indonesian
    assert "sudo apt install python3" in english


def test_an_old_python_is_named_with_the_one_that_is_needed(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap, "OLDEST", (99, 0))

    with pytest.raises(SystemExit, match=r"3\.11"):
        bootstrap.make_environment()


def test_a_changed_lock_is_noticed(bootstrap, monkeypatch, tmp_path):
    before = bootstrap.fingerprint("run")
    lock = tmp_path / "run.txt"
    lock.write_text("other")
    monkeypatch.setitem(bootstrap.LOCKS, "run", lock)

    assert bootstrap.fingerprint("run") != before


def test_every_lock_that_it_installs_from_is_there(bootstrap):
    assert all(lock.exists() for lock in bootstrap.LOCKS.values())
    assert (RUN.parent / "requirements" / "uv.txt").exists()

"""A workspace for all tests: made-up people of both offices, the pilot city's published figures."""

import os
import tempfile
from pathlib import Path

import django
import numpy as np
import pytest

from bilik.site.workspace import VARIABLE, WorkspaceKind, make_workspace

_folder = tempfile.TemporaryDirectory(prefix="bilik-tests-")
make_workspace(Path(_folder.name), WorkspaceKind.DEMO)
for _part in ("vendor", "static"):
    (Path(_folder.name) / "cache" / _part).mkdir()
os.environ[VARIABLE] = _folder.name
os.environ["DJANGO_SETTINGS_MODULE"] = "bilik.site.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop of its own beside the test
django.setup()


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20_241_127)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Let sign-in cost little and serve static files as they lie, before anything is built."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """Fill the test database once; every test works in a transaction that is taken back."""
    from bilik.site.demonstration import _fill

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        _fill()


@pytest.fixture
def rani(db: None) -> object:
    """The head of Kesbangpol."""
    return _person("kepala@kesbangpol.contoh.id")


@pytest.fixture
def yusuf(db: None) -> object:
    """Staff of Kesbangpol."""
    return _person("staf@kesbangpol.contoh.id")


@pytest.fixture
def citra(db: None) -> object:
    """Staff of Bawaslu."""
    return _person("staf@bawaslu.contoh.id")


@pytest.fixture
def stranger(db: None) -> object:
    """Somebody who has signed in but works for no agency here."""
    from bilik.accounts.web.models import Person

    return Person.objects.create_user(email="asing@contoh.id", password="-", name="Asing")


def _person(email: str) -> object:
    from bilik.accounts.web.models import Person

    return Person.objects.select_related("agency").get(email=email)

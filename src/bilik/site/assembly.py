"""What a workspace needs before the site can open: tables, figures, people, and files for browsers."""

import hashlib
import os
from pathlib import Path

import django
from django.core.management import call_command

import bilik
from bilik.site.workspace import VARIABLE, NotWritableError, Workspace

STAMP = "ready"


def enter(workspace: Workspace) -> None:
    """Let Django work on ``workspace``, which must be writable; one process works on one workspace."""
    workspace.check_writable()
    os.environ[VARIABLE] = str(workspace.folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bilik.site.settings")
    django.setup()


def make_ready(workspace: Workspace) -> None:
    """Bring tables and browser files up to this version of bilik; quick where they are."""
    stamp = workspace.cache / STAMP
    now = _version()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == now:
        return
    try:
        call_command("migrate", verbosity=0, interactive=False)
        _write_browser_bundle(workspace)
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(now, encoding="utf-8")
    except PermissionError as error:
        raise NotWritableError(folder=workspace.folder) from error


def _version() -> str:
    """Return a word that changes with the version and with any file of the package that is served or migrated."""
    package = Path(bilik.__file__).parent
    kinds = ("*/web/static/**/*", "*/web/migrations/*.py")
    files = sorted(file for kind in kinds for file in package.glob(kind) if file.is_file())
    digest = hashlib.sha256(bilik.__version__.encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _write_browser_bundle(workspace: Workspace) -> None:
    from bilik.foundation.charts import browser_bundle  # noqa: PLC0415 -- a large library, only where the bundle is made

    folder = workspace.cache / "vendor"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "vega.js"
    if not file.exists():
        file.write_text(browser_bundle(), encoding="utf-8")

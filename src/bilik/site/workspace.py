"""A workspace: the folder that holds everything an office has entered, and can be copied to a stick.

It holds ``workspace.toml`` (what it is and which form it has), the database, the counts
as Parquet files, and apart from them the keys. ``cache`` can be deleted at any time.
"""

import os
import secrets
import tempfile
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bilik.foundation.errors import BilikError
from bilik.foundation.language import mark

#: Raised by one whenever an older bilik could no longer read what this one writes.
FORMAT = 1
VARIABLE = "BILIK_WORKSPACE"
DEFAULT_FOLDER = "workspace"


class WorkspaceKind(StrEnum):
    """Whether a workspace holds an office's work or the demonstration."""

    OFFICE = "office"
    DEMO = "demo"


class NoWorkspaceError(BilikError):
    """A command needs a workspace and there is none."""

    message = mark(
        "There is no workspace in {folder}. Make one with «bilik demo», or name another with --workspace FOLDER."
    )
    exit_code = 3


class NewerWorkspaceError(BilikError):
    """The workspace was made by a bilik that knows more than this one."""

    message = mark(
        "The workspace in {folder} was made by a newer bilik (form {found}; this one reads up to form {known}). "
        "Nothing was changed. Install the newer bilik, or name another workspace with --workspace FOLDER."
    )
    exit_code = 3


class BrokenWorkspaceError(BilikError):
    """The file that says what a workspace is cannot be read."""

    message = mark("{file} should say what this workspace is, and cannot be read: {cause}. Restore it from a backup.")
    exit_code = 3


class NotWritableError(BilikError):
    """The workspace's folder cannot be written to."""

    message = mark(
        "No permission to write in {folder}. Give yourself the right to write there, "
        "or name another folder with --workspace FOLDER."
    )
    exit_code = 4


class OtherWorkspaceError(BilikError):
    """The demonstration was asked for in a folder that holds an office's work."""

    message = mark(
        "{folder} holds an office's own workspace; the demonstration was not written into it. "
        "Name another folder with --workspace FOLDER."
    )
    exit_code = 3


@dataclass(frozen=True, slots=True)
class Workspace:
    """An existing workspace."""

    folder: Path
    kind: WorkspaceKind

    @property
    def database(self) -> Path:
        """Return the database file of records."""
        return self.folder / "records.sqlite3"

    @property
    def counts(self) -> Path:
        """Return the folder of immutable count files."""
        return self.folder / "counts"

    @property
    def cache(self) -> Path:
        """Return the folder of derived files, which come back when deleted."""
        return self.folder / "cache"

    @property
    def is_demo(self) -> bool:
        """Tell whether this is the demonstration."""
        return self.kind is WorkspaceKind.DEMO

    def check_writable(self) -> None:
        """Raise unless every part can be written to; nothing is left behind.

        Raises
        ------
        NotWritableError
            Naming the part that cannot; also if a file lies where a folder should.
        """
        for part in (self.folder, self.counts, self.cache, self.folder / "keys"):
            try:
                part.mkdir(mode=0o700, exist_ok=True)
                with tempfile.TemporaryFile(dir=part):
                    pass
            except OSError as error:
                raise NotWritableError(folder=part) from error
        if self.database.exists() and not os.access(self.database, os.W_OK):
            raise NotWritableError(folder=self.database)

    def secret_key(self) -> str:
        """Return the site's secret, made once and kept apart from the data."""
        file = self.folder / "keys" / "site"
        if not file.exists():
            file.parent.mkdir(mode=0o700, exist_ok=True)
            file.write_text(secrets.token_urlsafe(50), encoding="utf-8")
            file.chmod(0o600)
        return file.read_text(encoding="utf-8")


def folder_in_use() -> Path:
    """Return the folder that ``BILIK_WORKSPACE`` names, or ``workspace`` here."""
    return Path(os.environ.get(VARIABLE) or DEFAULT_FOLDER).absolute()


def open_workspace(folder: Path) -> Workspace:
    """Open an existing workspace, unless it is missing, broken or too new."""
    file = folder / "workspace.toml"
    try:
        stated = tomllib.loads(file.read_text(encoding="utf-8"))
        form = int(stated["format"])
        if form > FORMAT:
            raise NewerWorkspaceError(folder=folder, found=form, known=FORMAT)
        return Workspace(folder, WorkspaceKind(stated["kind"]))
    except (FileNotFoundError, NotADirectoryError):
        raise NoWorkspaceError(folder=folder) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BrokenWorkspaceError(file=file, cause=error) from error


def make_workspace(folder: Path, kind: WorkspaceKind) -> Workspace:
    """Make the folder of a new workspace, or open the one that is there."""
    try:
        workspace = open_workspace(folder)
    except NoWorkspaceError:
        return _new_workspace(folder, kind)
    if kind is WorkspaceKind.DEMO and not workspace.is_demo:
        raise OtherWorkspaceError(folder=folder)
    return workspace


def _new_workspace(folder: Path, kind: WorkspaceKind) -> Workspace:
    file = folder / "workspace.toml"
    try:
        for part in ("counts", "cache", "keys"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / "keys").chmod(0o700)
        file.write_text(f'format = {FORMAT}\nkind = "{kind}"\n', encoding="utf-8")
    except OSError as error:
        raise NotWritableError(folder=folder) from error
    return Workspace(folder, kind)

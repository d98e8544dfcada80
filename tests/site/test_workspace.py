import pytest

from bilik.foundation.language import ENGLISH, INDONESIAN
from bilik.site.workspace import (
    BrokenWorkspaceError,
    NewerWorkspaceError,
    NotWritableError,
    NoWorkspaceError,
    OtherWorkspaceError,
    WorkspaceKind,
    make_workspace,
    open_workspace,
)


def test_a_made_workspace_opens_as_what_it_is(tmp_path):
    make_workspace(tmp_path / "w", WorkspaceKind.OFFICE)

    assert open_workspace(tmp_path / "w").kind is WorkspaceKind.OFFICE


def test_a_folder_without_a_workspace_says_how_to_make_one(tmp_path):
    with pytest.raises(NoWorkspaceError, match="bilik demo"):
        open_workspace(tmp_path)


def test_a_workspace_of_a_newer_bilik_is_left_as_it_is(tmp_path):
    make_workspace(tmp_path, WorkspaceKind.OFFICE)
    file = tmp_path / "workspace.toml"
    file.write_text('format = 99\nkind = "office"\n')

    with pytest.raises(NewerWorkspaceError) as caught:
        open_workspace(tmp_path)

    assert file.read_text() == 'format = 99\nkind = "office"\n'
    for language in (INDONESIAN, ENGLISH):
        assert "99" in caught.value.text(language.translate)


def test_a_broken_workspace_file_is_named(tmp_path):
    (tmp_path / "workspace.toml").write_text("format = [")

    with pytest.raises(BrokenWorkspaceError, match=r"workspace\.toml"):
        open_workspace(tmp_path)


def test_the_demonstration_does_not_enter_an_office_workspace(tmp_path):
    make_workspace(tmp_path, WorkspaceKind.OFFICE)

    with pytest.raises(OtherWorkspaceError):
        make_workspace(tmp_path, WorkspaceKind.DEMO)


def test_a_place_that_cannot_be_written_is_an_answer_not_a_traceback(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(NotWritableError):
        make_workspace(tmp_path / "file" / "w", WorkspaceKind.OFFICE)


def test_the_secret_is_made_once_and_kept_from_others(tmp_path):
    workspace = make_workspace(tmp_path, WorkspaceKind.OFFICE)

    assert workspace.secret_key() == workspace.secret_key()
    assert (tmp_path / "keys" / "site").stat().st_mode & 0o077 == 0

"""What a person in a role may do. Views and actions ask ``may``; nothing else decides."""

from enum import StrEnum

from bilik.foundation.language import mark


class Role(StrEnum):
    """A person's standing in the agency."""

    HEAD = "head"
    STAFF = "staff"

    @property
    def label(self) -> str:
        """Return the role's name as source string for translation."""
        return _LABELS[self]


class Act(StrEnum):
    """Something a person may or may not do in a workspace."""

    VIEW_WORKSPACE = "view_workspace"
    EXPORT_FIGURES = "export_figures"
    SAVE_TARGETS = "save_targets"
    DELETE_TARGETS = "delete_targets"
    IMPORT_COUNTS = "import_counts"
    UNDO_IMPORTS = "undo_imports"


_LABELS = {Role.HEAD: mark("Head"), Role.STAFF: mark("Staff")}
_STAFF = frozenset({Act.VIEW_WORKSPACE, Act.EXPORT_FIGURES, Act.SAVE_TARGETS, Act.IMPORT_COUNTS})
_MAY = {Role.STAFF: _STAFF, Role.HEAD: _STAFF | {Act.DELETE_TARGETS, Act.UNDO_IMPORTS}}


def may(role: Role | None, act: Act) -> bool:
    """Tell whether a person in ``role`` may do ``act``; without a role nobody may do anything."""
    return role is not None and act in _MAY[role]

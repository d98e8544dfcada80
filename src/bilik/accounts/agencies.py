"""The offices whose people work in a workspace."""

from enum import StrEnum

from bilik.foundation.language import mark


class AgencyKind(StrEnum):
    """What an agency is to the election; each owns its own records."""

    KESBANGPOL = "kesbangpol"
    BAWASLU = "bawaslu"

    @property
    def label(self) -> str:
        """Return the agency's name as source string for translation."""
        return _LABELS[self]


_LABELS = {
    AgencyKind.KESBANGPOL: mark("Kesbangpol (political affairs office)"),
    AgencyKind.BAWASLU: mark("Bawaslu (election supervisor)"),
}

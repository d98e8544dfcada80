"""The kinds of election whose turnout is compared: national, governor, mayor.

President and legislature are one kind: since 2019 they are voted on the same day, and
before that their turnout differed by a point or two, against ten and more to a Pilkada.
"""

from enum import StrEnum

from bilik.elections.elections import Election, ElectionKind
from bilik.foundation.language import mark


class TurnoutKind(StrEnum):
    """A group of elections whose turnout has one long-run level."""

    NATIONAL = "national"
    GOVERNOR = "governor"
    MAYOR = "mayor"

    @property
    def label(self) -> str:
        """Return the kind's name as source string for translation."""
        return _LABELS[self]


_LABELS = {
    TurnoutKind.NATIONAL: mark("national election"),
    TurnoutKind.GOVERNOR: mark("election of the governor"),
    TurnoutKind.MAYOR: mark("election of the mayor"),
}
_KINDS = {
    ElectionKind.PRESIDENT: TurnoutKind.NATIONAL,
    ElectionKind.LEGISLATURE: TurnoutKind.NATIONAL,
    ElectionKind.GOVERNOR: TurnoutKind.GOVERNOR,
    ElectionKind.MAYOR: TurnoutKind.MAYOR,
}


def turnout_kind(election: Election) -> TurnoutKind:
    """Return the kind whose turnout ``election`` is compared with."""
    return _KINDS[election.kind]

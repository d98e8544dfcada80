"""What an election is: its kind, its legal regime, where and when it is held."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bilik.foundation.errors import BilikError
from bilik.foundation.language import mark


class ElectionKind(StrEnum):
    """What is being elected. Turnout is compared within ``turnout_kind``."""

    PRESIDENT = "president"
    LEGISLATURE = "legislature"
    GOVERNOR = "governor"
    MAYOR = "mayor"

    @property
    def label(self) -> str:
        """Return the kind's name as source string for translation."""
        return _KIND_LABELS[self]


class Regime(StrEnum):
    """The law an election is held under; it selects clocks and list terms."""

    PEMILU = "pemilu"
    PEMILIHAN = "pemilihan"


_KIND_LABELS = {
    ElectionKind.PRESIDENT: mark("President"),
    ElectionKind.LEGISLATURE: mark("Legislature"),
    ElectionKind.GOVERNOR: mark("Governor"),
    ElectionKind.MAYOR: mark("Mayor"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Election:
    """One election. ``held_on`` is empty while the day is unknown; the range then says what is known."""

    slug: str
    name: str
    kind: ElectionKind
    regime: Regime
    region: str
    held_on: dt.date | None = None
    earliest_on: dt.date | None = None
    latest_on: dt.date | None = None
    station_size_limit: int | None = None

    @property
    def order(self) -> dt.date:
        """Return a day to sort by: the polling day, or the earliest it can be."""
        return self.held_on or self.earliest_on or dt.date.max


class UnknownElectionError(BilikError):
    """No election at hand has that name."""

    message = mark("There is no election {election}. Known: {known}. Choose one of them, or add the election first.")


def election_named(elections: Iterable[Election], slug: str) -> Election:
    """Return the election of that slug.

    Raises
    ------
    UnknownElectionError
        If there is none; it lists those there are.
    """
    known = list(elections)
    for one in known:
        if one.slug == slug:
            return one
    raise UnknownElectionError(election=slug, known=", ".join(one.slug for one in known))

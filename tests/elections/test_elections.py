"""Elections as records."""

import datetime as dt

from bilik.elections.elections import Election, ElectionKind, Regime


def election(**days: dt.date) -> Election:
    return Election(slug="e", name="E", kind=ElectionKind.MAYOR, regime=Regime.PEMILIHAN, region="64.71", **days)


def test_order_is_the_day_or_the_earliest_it_can_be() -> None:
    assert election(held_on=dt.date(2024, 11, 27), earliest_on=dt.date(2024, 1, 1)).order == dt.date(2024, 11, 27)
    assert election(earliest_on=dt.date(2031, 1, 1)).order == dt.date(2031, 1, 1)
    assert election().order == dt.date.max


def test_every_kind_has_a_label() -> None:
    assert len({kind.label for kind in ElectionKind}) == 4

"""The elections to come, as far as the law has fixed them: years, not days.

Constitutional Court decision 135/PUU-XXII/2024 of 26 June 2025 separates national elections
(2029) from local ones, which follow 2 to 2.5 years after the national inauguration: 2031 to
about April 2032. The law that sets the days is not passed; correct the records when it is.
"""

import datetime as dt

from bilik.elections.elections import Election, ElectionKind, Regime
from bilik.regions.codes import NATION, Level, level_of

NATIONAL_FROM, NATIONAL_TO = dt.date(2029, 1, 1), dt.date(2029, 12, 31)
LOCAL_FROM, LOCAL_TO = dt.date(2031, 1, 1), dt.date(2032, 4, 30)


def coming_elections(region: str) -> tuple[Election, ...]:
    """Return the coming elections of a city or province and of what it lies in, the earliest first."""
    elections = [
        Election(
            slug="pemilu-2029",
            name="Pemilu 2029",
            kind=ElectionKind.PRESIDENT,
            regime=Regime.PEMILU,
            region=NATION,
            earliest_on=NATIONAL_FROM,
            latest_on=NATIONAL_TO,
        )
    ]
    if level_of(region).depth >= Level.PROVINCE.depth:
        elections.append(_local("pilgub-2031", "Pilgub 2031", ElectionKind.GOVERNOR, region[:2]))
    if level_of(region).depth >= Level.CITY.depth:
        elections.append(_local("pilwali-2031", "Pilwali 2031", ElectionKind.MAYOR, region[:5]))
    return tuple(elections)


def _local(slug: str, name: str, kind: ElectionKind, region: str) -> Election:
    return Election(
        slug=slug,
        name=name,
        kind=kind,
        regime=Regime.PEMILIHAN,
        region=region,
        earliest_on=LOCAL_FROM,
        latest_on=LOCAL_TO,
    )

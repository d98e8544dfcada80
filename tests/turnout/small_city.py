"""A city small enough to reckon by hand: two kecamatan, four kelurahan, elections as a test wants them."""

import datetime

import polars as pl
from hypothesis import settings

from bilik.elections.elections import Election, ElectionKind, Regime
from bilik.elections.figures import ACCEPTANCE_SCHEMA, COUNT_SCHEMA, REGION_SCHEMA, SOURCE_SCHEMA, Figures

#: Hypothesis gives up on slow examples unless told not to; nothing here is timed.
untimed = settings(deadline=None)

CITY = "11.01"
DISTRICTS = ("11.01.01", "11.01.02")
WARDS = ("11.01.01.1001", "11.01.01.1002", "11.01.02.1001", "11.01.02.1002")
KINDS = {
    "mayor": (ElectionKind.MAYOR, Regime.PEMILIHAN),
    "governor": (ElectionKind.GOVERNOR, Regime.PEMILIHAN),
    "president": (ElectionKind.PRESIDENT, Regime.PEMILU),
}
SOURCES = (
    ("record", "KPU", "Record", "", "2024-12-06", "official_record"),
    ("paper", "Paper", "Report", "", "2024-12-01", "press"),
    ("other-paper", "Other", "Report", "", "2024-11-30", "press"),
)


def election(slug: str) -> Election:
    """Read an election from its slug: mayor-2024 was held on 27 November of that year."""
    kind, regime = KINDS[slug.split("-", maxsplit=1)[0]]
    day = datetime.date(int(slug.split("-")[1]), 11, 27)
    return Election(slug=slug, name=slug.capitalize(), kind=kind, regime=regime, region=CITY, held_on=day)


def small_city(
    *rows: dict[str, object], elections: tuple[str, ...] = (), accepted: tuple[tuple[str, ...], ...] = ()
) -> Figures:
    """Put figures together; a row needs only what it says, its source is the official record."""
    counts = [{"region": CITY, "source": "record", **row} for row in rows]
    slugs = sorted({str(row["election"]) for row in counts} | set(elections), key=lambda slug: slug.split("-")[1])
    regions = [
        (CITY, "Town", "city", "11", None, None),
        *((code, f"District {code[-1]}", "district", CITY, None, None) for code in DISTRICTS),
        *((code, f"Ward {place}", "ward", code[:8], None, None) for place, code in enumerate(WARDS, 1)),
    ]
    return Figures(
        regions=pl.DataFrame(regions, REGION_SCHEMA, orient="row"),
        elections=tuple(election(slug) for slug in slugs),
        sources=pl.DataFrame(SOURCES, SOURCE_SCHEMA, orient="row"),
        counts=pl.DataFrame(counts, schema=COUNT_SCHEMA, orient="row"),
        acceptances=pl.DataFrame(accepted, ACCEPTANCE_SCHEMA, orient="row"),
    )


def counted(slug: str, users: int, dpt: int, region: str = CITY, **more: object) -> dict[str, object]:
    return {"election": slug, "region": region, "users": users, "dpt": dpt, **more}


def published(slug: str, percent: float, digits: int = 1, **more: object) -> dict[str, object]:
    return {"election": slug, "published_percent": percent, "published_digits": digits, **more}


#: Five city results, with wards counted in 2019 and published in part in 2024.
PAST = (
    published("mayor-2010", 60, 0),
    counted("president-2014", 7_000, 10_000),
    counted("mayor-2015", 6_100, 10_000),
    counted("president-2019", 7_900, 10_000),
    *(
        counted("president-2019", users, 2_500, ward)
        for ward, users in zip(WARDS, (1_900, 2_000, 2_050, 1_950), strict=True)
    ),
    counted("mayor-2020", 6_000, 10_400),
    published("president-2024", 78.6),
    *(counted("president-2024", 400, 500, ward, stations=10, stations_counted=2) for ward in WARDS),
)

"""The bundle that methods read: regions, elections, sources, counts and which of them are accepted.

It is made by ``elections.files`` from files and by ``elections.web.store`` from the
workspace; both give the same frames, so a method cannot tell which door was used.
"""

from dataclasses import dataclass, field

import polars as pl

from bilik.elections.elections import Election
from bilik.regions.hierarchy import REGION_SCHEMA

__all__ = [
    "ACCEPTANCE_SCHEMA", "BALLOT_COLUMNS", "COUNT_SCHEMA", "ELECTORATE_SCHEMA", "LIST_COLUMNS", "REGION_SCHEMA",
    "SOURCE_SCHEMA", "STATION_COLUMNS", "USER_COLUMNS", "WHOLE_COLUMNS", "Figures",
]  # fmt: skip

#: Whole numbers that a source may state about a region in an election. The men's and
#: women's parts end in ``_male`` and ``_female``. ``users`` is everyone who voted, on
#: whichever list; ``list_*`` are the voters on a list, ``users_*`` those of them who voted.
#: dpt: permanent list. dptb: moved in (DPTb; DPPh in a Pilkada). dpk: with an identity
#: card only (DPK; DPTb of a Pilkada up to 2020). all_lists: the three together.
LIST_COLUMNS = ("dpt", "dpt_male", "dpt_female", "dptb", "dpk", "all_lists")
USER_COLUMNS = (
    "users", "users_male", "users_female",
    "users_dpt", "users_dpt_male", "users_dpt_female", "users_dptb", "users_dpk",
)  # fmt: skip
BALLOT_COLUMNS = ("valid", "invalid")
STATION_COLUMNS = ("stations", "stations_counted")
WHOLE_COLUMNS = LIST_COLUMNS + USER_COLUMNS + BALLOT_COLUMNS + STATION_COLUMNS

COUNT_SCHEMA: dict[str, type[pl.DataType]] = {
    "election": pl.String,  # slug of the election
    "region": pl.String,  # dotted Kemendagri code
    "station": pl.String,  # TPS number inside the kelurahan; null above it
    "source": pl.String,  # key into sources
    **{column: pl.Int64 for column in WHOLE_COLUMNS},  # noqa: C420 -- reads as the schema it is
    "published_percent": pl.Float64,  # turnout as the source printed it, 0-100
    "published_digits": pl.Int64,  # decimals it was printed with
    "denominator": pl.String,  # what the source divided by, if it says: a Denominator, else null
    "note_id": pl.String,
    "note_en": pl.String,
}

SOURCE_SCHEMA: dict[str, type[pl.DataType]] = {
    "source": pl.String,
    "publisher": pl.String,
    "title": pl.String,
    "url": pl.String,
    "published_on": pl.String,  # ISO day, month or year, as far as it is known
    "kind": pl.String,  # a SourceKind
}

ACCEPTANCE_SCHEMA: dict[str, type[pl.DataType]] = {
    "election": pl.String,
    "region": pl.String,
    "column": pl.String,  # a column of COUNT_SCHEMA
    "source": pl.String,  # whose figure is used; empty: nobody's, the figure is withheld
    "reason_id": pl.String,
    "reason_en": pl.String,
}

#: The latest known lists of voters by area, as material for the electorate of a coming election.
#: A preliminary list (DPS) is no DPT, so it stands here and not among the counts.
ELECTORATE_SCHEMA: dict[str, type[pl.DataType]] = {
    "region": pl.String,
    "as_of": pl.Date,  # the day the list was set or used
    "list": pl.String,  # DPT, DPS
    "voters": pl.Int64,
    "male": pl.Int64,
    "female": pl.Int64,
    "source": pl.String,
    "note_id": pl.String,
    "note_en": pl.String,
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Figures:
    """Everything a turnout method may know. Frames follow the schemas above.

    A bundle never changes and is equal to itself alone, so what is worked out about it can be kept.
    """

    regions: pl.DataFrame
    elections: tuple[Election, ...]
    sources: pl.DataFrame
    counts: pl.DataFrame
    acceptances: pl.DataFrame
    electorates: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=ELECTORATE_SCHEMA))

"""Rows of the tables on turnout pages, made from frames and forecasts."""

from typing import Any
from urllib.parse import urlencode

import polars as pl

from bilik.elections.acceptance import accepted_statements, is_partial
from bilik.elections.denominators import Denominator
from bilik.elections.figures import Figures
from bilik.elections.names import COLUMN_NAMES
from bilik.elections.web.store import figures
from bilik.foundation.language import Language
from bilik.turnout.charts.axes import share_domain
from bilik.turnout.outlook_tables import district_table
from bilik.turnout.web import store

AREA_SORTS = ("code", "name", "electorate", "users", "share", "invalid_share")
TARGET_SORTS = ("code", "name", "electorate", "median", "target_share", "missing")
Row = dict[str, Any]


def _names() -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in figures().regions.iter_rows(named=True)}


def area_elections(region: str, denominator: Denominator) -> dict[str, str]:
    """Return the elections with a complete count of the kelurahan below ``region``, the latest first."""
    if not _has_wards(region):
        return {}
    table = store.area_history(region, denominator, "ward")
    held = table.unique("election").sort("held_on", descending=True)
    return dict(held.select("election", "name").iter_rows())


def _has_wards(region: str) -> bool:
    known = figures().regions
    return not known.filter(pl.col("code").str.starts_with(f"{region}.") & (pl.col("level") == "ward")).is_empty()


def area_rows(region: str, denominator: Denominator, election: str) -> list[Row]:
    """Return one row per kelurahan below ``region`` for one election."""
    names = _names()
    table = store.area_history(region, denominator, "ward").filter(pl.col("election") == election)
    return [
        {
            **row,
            "code": row["region"],
            "name": names[row["region"]]["name"],
            "district": names[names[row["region"]]["parent"]]["name"],
        }
        for row in table.iter_rows(named=True)
    ]


def target_rows(answer: store.Answer) -> list[Row]:
    """Return one row per area of a forecast, with its interval bar."""
    return _barred(answer.areas)


def _barred(areas: pl.DataFrame) -> list[Row]:
    """Add an interval bar to every row, on one axis for all."""
    domain = share_domain([*areas["low_95"], *areas["high_95"], *areas["target_share"]])
    return [
        {
            **row,
            "bar": {
                "median": row["median"],
                "interval_80": (row["low_80"], row["high_80"]),
                "interval_95": (row["low_95"], row["high_95"]),
                "target": row["target_share"],
                "label": row["name"],
                "domain": domain,
            },
        }
        for row in areas.iter_rows(named=True)
    ]


def outlook_rows(answer: store.Answer) -> list[Row]:
    """Return the rows of the areas and, after them, of the kecamatan."""
    above = district_table(answer.forecast, answer.targets)
    return target_rows(answer) + _barred(above)


def city_of(region: str) -> str | None:
    """Return the city that a region is or lies in."""
    cities = set(figures().regions.filter(pl.col("level") == "city")["code"])
    return next((code for code in store.lineage_of_place(region) if code in cities), None)


def region_bar(answer: store.Answer, language: Language) -> Row:
    """Return the interval bar of the whole region."""
    record = answer.record
    low, high = (language.percent(end) for end in record["interval_80"])
    median = language.percent(record["median_share"])
    label = language.say("{median}, 80% interval {low} to {high}", median=median, low=low, high=high)
    return {**record, "median": record["median_share"], "target": record["target_share"], "label": label}


def question_query(question: store.Question) -> str:
    """Return a question as the query of an address."""
    asked = {
        "election": question.election,
        "target": f"{question.target * 100:g}",
        "rule": question.rule.value,
        "ceiling": f"{question.ceiling * 100:g}",
        "electorate": question.electorate or "",
    }
    return urlencode(asked)


def printed(known: Figures, *, region: str, election: str) -> list[Row]:
    """Return every percentage that any source printed for an election, with what it was divided by."""
    here = (pl.col("region") == region) & (pl.col("election") == election)
    table = known.counts.filter(here).drop_nulls("published_percent").join(known.sources, on="source", how="left")
    return [
        {**row, "basis": COLUMN_NAMES.get(row["denominator"] or "", ""), "digits": row["published_digits"] or 0}
        for row in table.sort("published_percent").iter_rows(named=True)
    ]


def accepted_counts(known: Figures, *, region: str, election: str) -> list[Row]:
    """Return the accepted whole numbers of an election in the order of the lists."""
    here = (pl.col("region") == region) & (pl.col("election") == election)
    table = accepted_statements(known).filter(here & (pl.col("column") != "published_percent"))
    found = {row["column"]: row for row in table.iter_rows(named=True)}
    return [{**found[column], "name": name} for column, name in COLUMN_NAMES.items() if column in found]


def partial_summary(known: Figures, *, region: str, election: str) -> Row | None:
    """Return how many polling stations the partial counts below a region cover, if there are any."""
    below = pl.col("region").str.starts_with(f"{region}.") | (pl.col("region") == region)
    table = known.counts.filter(below & (pl.col("election") == election) & is_partial())
    if table.is_empty():
        return None
    return {
        "counted": int(table["stations_counted"].sum()),
        "stations": int(table["stations"].sum()),
        "areas": table["region"].n_unique(),
    }

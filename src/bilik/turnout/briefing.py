"""From a forecast to the content of its brief: frames, sentences, method, sources."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bilik.elections.elections import election_named
from bilik.elections.figures import Figures
from bilik.foundation.language import Language, mark
from bilik.foundation.sources import SourceKind
from bilik.turnout.backtest import BOX_DAY, summary
from bilik.turnout.brief import BriefContent
from bilik.turnout.charts.intervals import distribution_bins
from bilik.turnout.history import history
from bilik.turnout.kinds import turnout_kind
from bilik.turnout.outlook import Forecast
from bilik.turnout.outlook_tables import area_table, district_table, interval_table
from bilik.turnout.summary import sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A forecast held to a target: each area's target, the backtest, and what was said in November 2022."""

    forecast: Forecast
    target: float
    targets: NDArray[np.float64]
    records: pl.DataFrame
    early: pl.DataFrame


METHOD = (
    mark(
        "A hierarchical model on the logit scale: a level for each kind of election, a shock common to the city in "
        "each election, and effects of areas nested in districts. City totals, counts by kelurahan and published "
        "parts of the polling stations inform it together, each on its own level."
    ),
    mark(
        "It leaves out candidates, weather, new laws and the growth of the list; none of these can be learnt from so "
        "few elections."
    ),
)


def brief_content(
    figures: Figures,
    outlook: Outlook,
    *,
    dated: datetime.date,
    language: Language,
    tiles: pl.DataFrame | None = None,
    boundaries: Mapping[str, Any] | None = None,
) -> BriefContent:
    """Return everything the brief says about ``outlook``, in the reader's language."""
    made, target = outlook.forecast, outlook.target
    past = history(figures, region=made.region, denominator=made.denominator)
    kind = turnout_kind(election_named(figures.elections, made.election))
    past_of_kind = past.drop_nulls("share").filter(pl.col("turnout_kind") == kind.value)
    said = sentences(
        made,
        target=target,
        area_targets=outlook.targets,
        past=past,
        kind=kind.value,
        tested=summary(outlook.records),
    )
    return BriefContent(
        region=made.region,
        region_name=made.region_name,
        election=made.election,
        election_name=made.election_name,
        dated=dated,
        title=_title(made, target, language),
        sentences=tuple(sentence.text(language) for sentence in said),
        labels=_labels(figures, past, language),
        basis=language.translate(made.denominator.label),
        target_share=target,
        electorate=int(made.electorate.sum()),
        chance_of_target=made.chance_of(target),
        missing_voters=made.missing_voters(target),
        interval=interval_table(made),
        bins=distribution_bins(made.region_shares, target),
        past=past,
        past_of_kind=past_of_kind,
        areas=area_table(made, outlook.targets),
        districts=district_table(made, outlook.targets),
        records=outlook.records,
        early_records=outlook.early,
        early_on=BOX_DAY,
        method=(*(language.translate(text) for text in METHOD), *(note.text(language) for note in made.notes)),
        sources=_sources(figures, past["election"].to_list(), made.region),
        tiles=tiles,
        boundaries=boundaries,
    )


def _title(made: Forecast, target: float, language: Language) -> str:
    return language.say(
        mark("{region}: the chance of {target} at {election} is {chance}"),
        region=made.region_name,
        target=language.percent(target, 0 if round(target * 100, 1).is_integer() else 1),
        election=made.election_name,
        chance=language.chance(made.chance_of(target)),
    )


def _used(figures: Figures, elections: list[str], region: str) -> pl.DataFrame:
    inside = (pl.col("region") == region) | pl.col("region").str.starts_with(f"{region}.")
    rows = figures.counts.filter(inside & pl.col("election").is_in(elections))
    return figures.sources.join(rows.select("source").unique(), on="source", how="semi")


def _sources(figures: Figures, elections: list[str], region: str) -> pl.DataFrame:
    """Return the sources that state anything about these elections here, by publisher."""
    return _used(figures, elections, region).sort("publisher", "published_on", nulls_last=True)


def _labels(figures: Figures, past: pl.DataFrame, language: Language) -> tuple[str, ...]:
    """Warn at the top where the figures are not from official records, or contradict each other."""
    used = figures.sources.join(figures.counts.select("source").unique(), on="source", how="semi")
    unofficial = used.filter(pl.col("kind") != SourceKind.OFFICIAL_RECORD.value).height
    labels = []
    if unofficial:
        labels.append(
            language.say(
                mark(
                    "{unofficial} of {all} sources are press or volunteer counts: check with KPU before quoting as "
                    "official."
                ),
                unofficial=unofficial,
                all=used.height,
            )
        )
    contradicted = int(past["contradicted"].sum())
    if contradicted:
        labels.append(
            language.say(
                mark("Sources contradict each other on {contradicted} of {all} elections; both figures are kept."),
                contradicted=contradicted,
                all=past.height,
            )
        )
    return tuple(labels)

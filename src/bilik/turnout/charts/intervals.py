"""Forecasts as pictures: the interval bar and the distribution, with the target and what happened before.

Shares are 0-1. A frame of intervals has ``median``, ``low_80``, ``high_80``, ``low_95``
and ``high_95``. Charts are as wide as their container.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import numpy as np
import polars as pl

from bilik.foundation.palette import ACCENT, INK, MUTED, TEAL
from bilik.turnout.charts.axes import (
    PERCENT_1,
    TARGET_DASH,
    ShareAxis,
    interval_tooltip,
    layered,
    share_domain,
    target_words,
    year_label,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from bilik.foundation.charts import Chart
    from bilik.foundation.language import Language

BIN_WIDTH = 0.01  # one point of turnout
LABEL_GAP = 0.11  # of the axis: a year with air around it on a phone
LABEL_AIR = 0.04  # room for a year left of the lowest tick
ROW_HEIGHT = 14


def label_rows(values: Sequence[float], gap: float) -> list[int]:
    """Return the row of each value's label, below every label less than ``gap`` to its left.

    A label stands to the left of its stem, so no stem crosses another one's label.

    >>> label_rows([0.59, 0.60, 0.75], gap=0.05)
    [0, 1, 0]
    """
    rows = [0] * len(values)
    order = sorted(range(len(values)), key=values.__getitem__)
    for place, index in enumerate(order):
        near = (rows[other] for other in order[:place] if values[index] - values[other] < gap)
        rows[index] = max(near, default=-1) + 1
    return rows


def distribution_bins(draws: npt.NDArray[np.float64], target: float) -> pl.DataFrame:
    """Count draws of a share in bins one point wide whose edges meet the target.

    ``probability`` is the part of all draws in a bin, ``reached`` tells bins at or above the target.
    """
    first = np.floor((draws.min() - target) / BIN_WIDTH - 1e-9)
    last = np.ceil((draws.max() - target) / BIN_WIDTH + 1e-9)
    edges = target + BIN_WIDTH * np.arange(first, last + 1)
    counts, _ = np.histogram(draws, edges)
    return pl.DataFrame(
        {
            "low": edges[:-1],
            "high": edges[1:],
            "probability": counts / draws.size,
            "reached": edges[:-1] >= target - BIN_WIDTH / 2,
        }
    )


def _interval_layers(interval: pl.DataFrame, language: Language, *, x: ShareAxis, y: float) -> list[alt.Chart]:
    """Thin 95, thick 80, a mark for the median: at pixel ``y`` from the top."""
    base = alt.Chart(interval)
    tooltip = interval_tooltip(language)
    at = alt.value(y)
    return [
        base.mark_rule(color=ACCENT, strokeWidth=2).encode(x=x.on("low_95"), x2="high_95:Q", y=at, tooltip=tooltip),
        base.mark_rule(color=ACCENT, strokeWidth=10).encode(x=x.on("low_80"), x2="high_80:Q", y=at, tooltip=tooltip),
        base.mark_point(shape="circle", filled=True, size=90, opacity=1, color="white", stroke=ACCENT, strokeWidth=2)
        .encode(x=x.on("median"), y=at, tooltip=tooltip),
        base.mark_text(dy=19, fontWeight=600, color=ACCENT).encode(
            x=x.on("median"), y=at, text=alt.Text("median:Q", format=PERCENT_1)
        ),
    ]  # fmt: skip


def _target_layers(target: float, language: Language, *, x: ShareAxis, top: float, bottom: float) -> list[alt.Chart]:
    frame = pl.DataFrame({"target": [target], "label": [target_words(target, language)]})
    base = alt.Chart(frame)
    line = base.mark_rule(color=INK, strokeWidth=1.5, strokeDash=TARGET_DASH)
    label = base.mark_text(fontWeight=600, baseline="bottom", dy=-3)
    return [
        line.encode(x=x.on("target"), y=alt.value(top), y2=alt.value(bottom)),
        label.encode(x=x.on("target"), y=alt.value(top), text="label:N"),
    ]


def _placed(past: pl.DataFrame, domain: tuple[float, float]) -> pl.DataFrame:
    """Add the year as label and the row it stands in."""
    shown = past.drop_nulls("share").with_columns(year=year_label())
    rows = label_rows(shown["share"].to_list(), gap=LABEL_GAP * (domain[1] - domain[0]))
    return shown.with_columns(row=pl.Series(rows, dtype=pl.Int64)).sort("row")


def _past_layers(placed: pl.DataFrame, language: Language, *, x: ShareAxis, y: float) -> list[alt.Chart]:
    """Ticks at pixel ``y`` for what happened, each with its year below it."""
    tooltip = [
        alt.Tooltip("name:N", title=language.say("Election")),
        alt.Tooltip("share:Q", title=language.say("Turnout"), format=PERCENT_1),
    ]
    layers = []
    for row, part in placed.partition_by("row", as_dict=True, include_key=False).items():
        base = alt.Chart(part)
        below = y + 4 + ROW_HEIGHT * int(row[0])
        stem = base.mark_rule(color=INK, strokeWidth=1.5)
        year = base.mark_text(align="right", baseline="bottom", dx=-3, dy=3, fontSize=11, color=MUTED)
        layers += [
            stem.encode(x=x.on("share"), y=alt.value(y - 8), y2=alt.value(below), tooltip=tooltip),
            year.encode(x=x.on("share"), y=alt.value(below), text="year:N", tooltip=tooltip),
        ]
    return layers


def _shares_of(interval: pl.DataFrame, past: pl.DataFrame, target: float) -> list[float | None]:
    before = past["share"].drop_nulls().to_list()
    return [*interval.select("low_95", "high_95").row(0), *before, min(before, default=1.0) - LABEL_AIR, target]


def interval_bar(interval: pl.DataFrame, past: pl.DataFrame, language: Language, *, target: float) -> Chart:
    """Draw one forecast: thin 95% bar, thick 80% bar, mark for the median, target line, ticks for past elections.

    ``interval`` has one row. ``past`` has ``name``, ``held_on`` and ``share`` of elections of the same kind.
    """
    x = ShareAxis(
        share_domain(_shares_of(interval, past, target)), language.say("Turnout (thick bar 80%, thin line 95%)")
    )
    placed = _placed(past, x.domain)
    height = _height_below(82, placed)
    layers = [
        *_target_layers(target, language, x=x, top=20, bottom=height),
        *_interval_layers(interval, language, x=x, y=38),
        *_past_layers(placed, language, x=x, y=82),
    ]
    return layered(*layers, height=height, description=_interval_words(interval, past, language, target))


def _height_below(top: int, placed: pl.DataFrame) -> int:
    """Return how high a picture is whose ticks stand at ``top`` and whose years need their rows below."""
    return top + 4 + ROW_HEIGHT * placed.n_unique("row")


def distribution(
    bins: pl.DataFrame, interval: pl.DataFrame, past: pl.DataFrame, language: Language, *, target: float
) -> Chart:
    """Draw target and forecast as one picture: how likely each turnout is, its interval, and what happened before.

    ``bins`` comes from ``distribution_bins``; the part at or above the target is dark.
    """
    x = ShareAxis(
        share_domain(_shares_of(interval, past, target)), language.say("Turnout (thick bar 80%, thin line 95%)")
    )
    colour = alt.condition("datum.reached", alt.value(ACCENT), alt.value(TEAL[1]))
    bars = alt.Chart(bins).mark_bar(binSpacing=1, clip=True).encode(
        x=x.on("low"),
        x2="high:Q",
        y=alt.Y("probability:Q", axis=None, scale=alt.Scale(range=[120, 24], zero=True)),
        y2=alt.datum(0),
        color=colour,
        tooltip=[
            alt.Tooltip("low:Q", title=language.say("Turnout from"), format=PERCENT_1),
            alt.Tooltip("high:Q", title=language.say("to"), format=PERCENT_1),
            alt.Tooltip("probability:Q", title=language.say("Probability"), format=PERCENT_1),
        ],
    )  # fmt: skip
    placed = _placed(past, x.domain)
    height = _height_below(184, placed)
    layers = [
        bars,
        *_target_layers(target, language, x=x, top=20, bottom=height),
        *_interval_layers(interval, language, x=x, y=140),
        *_past_layers(placed, language, x=x, y=184),
    ]
    return layered(*layers, height=height, description=_interval_words(interval, past, language, target))


def _interval_words(interval: pl.DataFrame, past: pl.DataFrame, language: Language, target: float) -> str:
    row = interval.row(0, named=True)
    before = ", ".join(
        f"{name} {language.percent(share)}" for name, share in past.drop_nulls("share").select("name", "share").rows()
    )
    return language.say(
        "Forecast of turnout: median {median}, 80% interval {low} to {high}, target {target}. Before: {before}.",
        median=language.percent(row["median"]),
        low=language.percent(row["low_80"]),
        high=language.percent(row["high_80"]),
        target=language.percent(target, 0),
        before=before,
    )

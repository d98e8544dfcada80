"""Past elections as pictures: turnout by kind of election, invalid ballots, and the backtest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import polars as pl

from bilik.elections.elections import ElectionKind
from bilik.foundation.language import mark
from bilik.foundation.palette import ACCENT, INK, MUTED, SERIES
from bilik.turnout.charts.axes import (
    PERCENT,
    PERCENT_1,
    ShareAxis,
    drawn_on,
    interval_tooltip,
    layered,
    share_domain,
    share_scale,
    target_level,
)
from bilik.turnout.kinds import TurnoutKind
from bilik.turnout.naive import Naive

if TYPE_CHECKING:
    from bilik.foundation.charts import Chart
    from bilik.foundation.language import Language

PALE = "#C3C7C6"
#: Kinds in the order of their colours and shapes, with the short names a legend has room for.
_KINDS = {
    TurnoutKind.MAYOR: ElectionKind.MAYOR.label,
    TurnoutKind.GOVERNOR: ElectionKind.GOVERNOR.label,
    TurnoutKind.NATIONAL: mark("National"),
}
_SHAPES = ("circle", "square", "triangle-up")
_YEAR = 366  # days: points nearer than this share the room for their labels


def history(past: pl.DataFrame, language: Language, *, target: float | None = None) -> Chart:
    """Draw turnout over elections, a line a kind; where sources disagree a pale bar spans what they say."""
    shown = _labelled(past, language)
    domain = share_domain([*shown["share"], *shown["share_low"], *shown["share_high"], target])
    x = alt.X(
        "drawn_on:T", title=None, scale=alt.Scale(padding=20), axis=alt.Axis(format="%Y", grid=False, tickCount=6)
    )
    y = alt.Y("share:Q", title=None, scale=share_scale(domain), axis=alt.Axis(format=PERCENT, tickCount=5))
    colour, shape = _kind_keys(shown, language)
    base = alt.Chart(shown)
    points = base.mark_point(filled=True, size=80, opacity=1)
    return layered(
        _spans(shown, language, x=x),
        base.mark_line(strokeWidth=1.5, opacity=0.55).encode(x=x, y=y, color=colour),
        points.encode(x=x, y=y, color=colour, shape=shape, tooltip=_history_tooltip(language)),
        *_point_labels(shown, x=x, y=y),
        *target_level(target, language, y),
        height=260,
        description=_history_words(shown, language),
    )


def _labelled(past: pl.DataFrame, language: Language) -> pl.DataFrame:
    words = {kind.value: language.say(label) for kind, label in _KINDS.items()}
    kind = pl.col("turnout_kind").replace_strict(words, return_dtype=pl.String)
    return past.with_columns(drawn_on=drawn_on(), kind_label=kind).drop_nulls(["drawn_on", "share"]).sort("drawn_on")


def _kind_keys(shown: pl.DataFrame, language: Language) -> tuple[alt.Color, alt.Shape]:
    """Return colour and shape by kind of election: told apart without colour too."""
    places = [place for place, kind in enumerate(_KINDS) if kind in shown["turnout_kind"].to_list()]
    labels = [language.say(tuple(_KINDS.values())[place]) for place in places]
    legend = alt.Legend(title=None, symbolOpacity=1)
    colours = alt.Scale(domain=labels, range=[SERIES[place] for place in places])
    shapes = alt.Scale(domain=labels, range=[_SHAPES[place] for place in places])
    return (
        alt.Color("kind_label:N", scale=colours, legend=legend),
        alt.Shape("kind_label:N", scale=shapes, legend=legend),
    )


def _spans(shown: pl.DataFrame, language: Language, *, x: alt.X) -> alt.Chart:
    said = language.say("sources disagree")
    apart = shown.filter(pl.col("contradicted") & (pl.col("share_high") > pl.col("share_low")))
    legend = alt.Legend(title=None, orient="bottom", symbolType="stroke", symbolStrokeColor=PALE)
    key = alt.StrokeWidth("said:O", scale=alt.Scale(type="ordinal", domain=[said], range=[8]), legend=legend)
    bars: alt.Chart = (
        alt.Chart(apart.with_columns(said=pl.lit(said)))
        .mark_rule(color=PALE)
        .encode(x=x, y="share_low:Q", y2="share_high:Q", strokeWidth=key, tooltip=_history_tooltip(language))
    )
    return bars


def _history_tooltip(language: Language) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=language.say("Election")),
        alt.Tooltip("held_on:T", title=language.say("Held on"), format="%-d %B %Y"),
        alt.Tooltip("share:Q", title=language.say("Turnout"), format=PERCENT_1),
        alt.Tooltip("share_low:Q", title=language.say("Lowest figure of a source"), format=PERCENT_1),
        alt.Tooltip("share_high:Q", title=language.say("Highest figure of a source"), format=PERCENT_1),
    ]


def _point_labels(shown: pl.DataFrame, *, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Write each share above its point, or below where a higher one stands within the year."""
    days = [day.toordinal() for day in shown["drawn_on"]]
    shares = shown["share"].to_list()
    below = [
        any(0 < abs(day - other) < _YEAR and share < higher for other, higher in zip(days, shares, strict=True))
        for day, share in zip(days, shares, strict=True)
    ]
    placed = shown.with_columns(below=pl.Series(below, dtype=pl.Boolean))
    label = alt.Text("share:Q", format=PERCENT_1)
    return [
        alt.Chart(part).mark_text(fontSize=11, dy=dy, color=MUTED).encode(x=x, y=y, text=label)
        for part, dy in ((placed.filter("below"), 14), (placed.filter(~pl.col("below")), -13))
        if not part.is_empty()
    ]


def _history_words(shown: pl.DataFrame, language: Language) -> str:
    said = "; ".join(f"{name} {language.percent(share)}" for name, share in shown.select("name", "share").rows())
    return language.say("Turnout by election: {figures}.", figures=said)


def invalid_history(past: pl.DataFrame, language: Language) -> Chart:
    """Draw the share of invalid ballots in each election that states it."""
    stated = past.with_columns(drawn_on=drawn_on()).drop_nulls(["drawn_on", "invalid_share"]).sort("drawn_on")
    title = language.say("Invalid ballots of all ballots")
    x = alt.X("invalid_share:Q", title=title, axis=alt.Axis(format=PERCENT_1, tickCount=5))
    y = alt.Y("name:N", title=None, sort=stated["name"].to_list())
    tooltip = [
        alt.Tooltip("name:N", title=language.say("Election")),
        alt.Tooltip("invalid:Q", title=language.say("Invalid ballots"), format=","),
        alt.Tooltip("valid:Q", title=language.say("Valid ballots"), format=","),
        alt.Tooltip("invalid_share:Q", title=language.say("Share"), format=PERCENT_1),
    ]
    base = alt.Chart(stated)
    bars = base.mark_bar(color=SERIES[1], height=14).encode(x=x, y=y, tooltip=tooltip)
    labels = base.mark_text(align="left", dx=5).encode(x=x, y=y, text=alt.Text("invalid_share:Q", format=PERCENT_1))
    said = "; ".join(
        f"{name} {language.percent(share)}" for name, share in stated.select("name", "invalid_share").rows()
    )
    return layered(
        bars,
        labels,
        height=28 * stated.height,
        description=language.say("Share of invalid ballots by election: {figures}.", figures=said),
    )


def with_guesses(records: pl.DataFrame, past: pl.DataFrame) -> pl.DataFrame:
    """Add the two simple guesses to a backtest: the last earlier turnout of the kind, and the mean of them."""
    known = past.with_columns(drawn_on=drawn_on()).drop_nulls(["drawn_on", "share"]).sort("drawn_on")
    last, mean = [], []
    for kind, day in records.select("turnout_kind", drawn_on()).rows():
        before = known.filter((pl.col("turnout_kind") == kind) & (pl.col("drawn_on") < day))["share"].to_list()
        last.append(before[-1] if before else None)
        mean.append(sum(before) / len(before) if before else None)
    guesses = (pl.Series("last_of_kind", last, pl.Float64), pl.Series("mean_of_kind", mean, pl.Float64))
    return records.with_columns(*guesses)


def backtest(records: pl.DataFrame, language: Language) -> Chart:
    """Draw what would have been forecast from what was known before each election, and what happened.

    Where ``records`` has ``last_of_kind`` and ``mean_of_kind``, these simple guesses are marked too.
    """
    marks = {
        "actual_share": (language.say("what happened"), "diamond", INK),
        "last_of_kind": (language.say(Naive.LAST.label), "cross", SERIES[1]),
        "mean_of_kind": (language.say(Naive.MEAN.label), "triangle-up", SERIES[2]),
    }
    named = {column: mark for column, mark in marks.items() if column in records.columns}
    domain = share_domain([share for column in ("low_95", "high_95", *named) for share in records[column]])
    x = ShareAxis(domain, language.say("Turnout (thick bar 80%, thin line 95%)"))
    y = alt.Y("name:N", title=None, sort=records["name"].to_list())
    base = alt.Chart(records)
    tooltip = interval_tooltip(language, ("name:N", language.say("Election")))
    bars = (
        base.mark_rule(color=ACCENT, strokeWidth=width, opacity=opacity).encode(
            x=x.on(f"low_{level}"), x2=f"high_{level}:Q", y=y, tooltip=tooltip
        )
        for level, width, opacity in ((95, 2, 1), (80, 9, 0.55))
    )
    return layered(
        *bars,
        _guesses(records, named, language, x=x, y=y),
        height=26 * records.height,
        description=_backtest_words(records, language),
    )


def _guesses(
    records: pl.DataFrame, named: dict[str, tuple[str, str, str]], language: Language, *, x: ShareAxis, y: alt.Y
) -> alt.Chart:
    labels, shapes, colours = (list(part) for part in zip(*named.values(), strict=True))
    words = {column: mark[0] for column, mark in named.items()}
    marks = records.unpivot(list(named), index="name", variable_name="mark", value_name="share").drop_nulls("share")
    legend = alt.Legend(title=None, columns=1, labelLimit=260)
    tooltip = [
        alt.Tooltip("name:N", title=language.say("Election")),
        alt.Tooltip("share:Q", title=language.say("Turnout"), format=PERCENT_1),
    ]
    points: alt.Chart = (
        alt.Chart(marks.with_columns(pl.col("mark").replace_strict(words, return_dtype=pl.String)))
        .mark_point(filled=True, size=100, opacity=1, stroke="white", strokeWidth=1)
        .encode(
            x=x.on("share"),
            y=y,
            shape=alt.Shape("mark:N", scale=alt.Scale(domain=labels, range=shapes), legend=legend),
            color=alt.Color("mark:N", scale=alt.Scale(domain=labels, range=colours), legend=legend),
            tooltip=tooltip,
        )
    )
    return points


def _backtest_words(records: pl.DataFrame, language: Language) -> str:
    said = "; ".join(
        f"{name}: {language.percent(low)} – {language.percent(high)} → {language.percent(actual)}"
        for name, low, high, actual in records.select("name", "low_80", "high_80", "actual_share").rows()
    )
    return language.say("Forecast (80% interval) and what happened: {figures}.", figures=said)

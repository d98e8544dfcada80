"""Areas as pictures: forecasts and targets side by side, and one area over its elections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import polars as pl

from bilik.foundation.palette import ACCENT, INK, LINE
from bilik.turnout.charts.axes import (
    PERCENT,
    PERCENT_1,
    ShareAxis,
    drawn_on,
    layered,
    share_domain,
    share_scale,
    target_level,
)

if TYPE_CHECKING:
    from bilik.foundation.charts import Chart
    from bilik.foundation.language import Language

ROW_HEIGHT = 17


def area_lines(areas: pl.DataFrame) -> pl.DataFrame:
    """Add ``line``, the label of each area, and a line in capitals before the first area of each kecamatan.

    Areas keep their order inside a kecamatan. Areas of one name get their kecamatan behind it.
    """
    twice = pl.col("name").is_duplicated()
    lines = areas.with_columns(
        line=pl.when(twice).then(pl.format("{} ({})", "name", "district")).otherwise("name"), order=pl.lit(1)
    )
    heads = areas.select("district").unique(maintain_order=True).with_row_index("place")
    capitals = heads.with_columns(line=pl.col("district").str.to_uppercase(), order=pl.lit(0))
    placed = lines.join(heads, on="district", maintain_order="left")
    together = pl.concat([placed, capitals], how="diagonal")
    return together.sort("place", "order", maintain_order=True).drop("place", "order")


def area_intervals(areas: pl.DataFrame, language: Language) -> Chart:
    """Draw the median of each area with its 80% interval and, as an upright tick, its target.

    ``areas`` has ``code``, ``name``, ``district``, ``median``, ``low_80``, ``high_80`` and ``target_share``.
    """
    lines = area_lines(areas)
    domain = share_domain([*areas["low_80"], *areas["high_80"], *areas["target_share"]])
    x = ShareAxis(domain, language.say("Turnout (bar 80%; line: target)"))
    y = alt.Y("line:N", title=None, sort=lines["line"].to_list(), axis=alt.Axis(labelFontSize=11, labelLimit=150))
    base = alt.Chart(lines)
    tooltip = [
        alt.Tooltip("name:N", title=language.say("Area")),
        alt.Tooltip("district:N", title=language.say("District")),
        alt.Tooltip("median:Q", title=language.say("Median"), format=PERCENT_1),
        alt.Tooltip("low_80:Q", title=language.say("80% interval from"), format=PERCENT_1),
        alt.Tooltip("high_80:Q", title=language.say("80% interval to"), format=PERCENT_1),
        alt.Tooltip("target_share:Q", title=language.say("Target"), format=PERCENT_1),
    ]
    at = {"y": y, "tooltip": tooltip}
    target = base.mark_tick(color=INK, thickness=2, height=ROW_HEIGHT - 4)
    return layered(
        base.mark_rule(color=ACCENT, strokeWidth=5, opacity=0.45).encode(x=x.on("low_80"), x2="high_80:Q", **at),
        base.mark_point(filled=True, size=50, opacity=1, color=ACCENT).encode(x=x.on("median"), **at),
        target.encode(x=x.on("target_share"), **at),
        height=ROW_HEIGHT * lines.height,
        description=_interval_words(areas, language),
    )


def _interval_words(areas: pl.DataFrame, language: Language) -> str:
    ordered = areas.sort("median")
    return language.say(
        "Forecast and target of {count} areas. Lowest median: {lowest}; highest: {highest}.",
        count=areas.height,
        lowest=f"{ordered['name'][0]} {language.percent(ordered['median'][0])}",
        highest=f"{ordered['name'][-1]} {language.percent(ordered['median'][-1])}",
    )


def area_history(
    area: pl.DataFrame, city: pl.DataFrame, language: Language, *, names: tuple[str, str], target: float | None = None
) -> Chart:
    """Draw one area beside its city, in grey, at each election. ``names`` are those of the area and the city.

    Both frames have ``name`` of the election, ``held_on`` and ``share``.
    """
    both = pl.concat(
        part.select("name", "held_on", "share", drawn_on=drawn_on(), place=pl.lit(name))
        for part, name in ((city, names[1]), (area, names[0]))
    ).drop_nulls(["drawn_on", "share"])
    domain = share_domain([*both["share"], target])
    x = alt.X(
        "drawn_on:T", title=None, scale=alt.Scale(padding=20), axis=alt.Axis(format="%Y", grid=False, tickCount=6)
    )
    y = alt.Y("share:Q", title=None, scale=share_scale(domain), axis=alt.Axis(format=PERCENT, tickCount=5))
    keys = alt.Scale(domain=list(names), range=[ACCENT, "#9AA0A5"])
    shapes = alt.Scale(domain=list(names), range=["circle", "square"])
    legend = alt.Legend(title=None)
    tooltip = [
        alt.Tooltip("place:N", title=language.say("Area")),
        alt.Tooltip("name:N", title=language.say("Election")),
        alt.Tooltip("share:Q", title=language.say("Turnout"), format=PERCENT_1),
    ]
    colour = alt.Color("place:N", scale=keys, legend=legend)
    shape = alt.Shape("place:N", scale=shapes, legend=legend)
    here, there = (both.filter(pl.col("place") == name).select("name", "drawn_on", "share") for name in names)
    wide = here.rename({"share": "area"}).join(there.rename({"share": "city"}), on=["name", "drawn_on"])
    gaps = alt.Chart(wide).mark_rule(color=LINE, strokeWidth=3)
    points = alt.Chart(both).mark_point(filled=True, size=80, opacity=1)
    of_area = alt.Chart(here)
    return layered(
        gaps.encode(x=x, y=alt.Y("area:Q", scale=share_scale(domain)), y2="city:Q"),
        points.encode(x=x, y=y, color=colour, shape=shape, tooltip=tooltip),
        of_area.mark_text(align="left", dx=8, fontSize=11).encode(x=x, y=y, text=alt.Text("share:Q", format=PERCENT_1)),
        *target_level(target, language, y),
        height=220,
        description=_area_words(both, names, language),
    )


def _area_words(both: pl.DataFrame, names: tuple[str, str], language: Language) -> str:
    said = [
        f"{name}: " + ", ".join(f"{election} {language.percent(share)}" for election, share in part.rows())
        for name in names
        for part in [both.filter(pl.col("place") == name).sort("drawn_on").select("name", "share")]
    ]
    return language.say("Turnout over elections. {figures}.", figures="; ".join(said))

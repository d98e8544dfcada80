"""Areas as a map: one square an area on a hand-placed grid, or their boundaries where these are known.

Both colour a value by classes whose legend says how many areas are in each, and both
answer a click with a selection named ``area`` and show the area whose code the page
writes into the signal ``highlight``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import numpy as np
import polars as pl

from bilik.foundation.palette import GROUND, INK, LINE, MUTED, TEAL, text_on
from bilik.turnout.charts.axes import layered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilik.foundation.charts import Chart
    from bilik.foundation.language import Language

#: Name of the data set of boundaries, filled in by ``foundation.charts.specification``.
BOUNDARIES = "boundaries"
ROW_HEIGHT = 46
BOUNDARY_HEIGHT = 380
WIDE = 540  # pixels from which a tile has room for whole words
LINE_BREAK = "|"  # no name has it, and a line feed cannot stand in an expression
SHORT_WORD = 7  # letters that fit on a tile of a phone


def class_bounds(values: Sequence[float | None], count: int = 5) -> list[float]:
    """Return the bounds between at most ``count`` classes: quantiles, rounded to two figures.

    Equal values give fewer classes; a single value gives none.
    """
    known = np.array([value for value in values if value is not None], dtype=float)
    if not known.size:
        return []
    cuts = np.quantile(known, np.arange(1, count) / count)
    rounded = sorted({float(f"{cut:.2g}") for cut in cuts})
    return [cut for cut in rounded if known.min() < cut <= known.max()]


def classified(areas: pl.DataFrame, column: str, language: Language, *, digits: int = 0) -> pl.DataFrame:
    """Add ``class_index`` (0 is the lowest) and ``class_label`` with the bounds and the number of areas.

    An area without a value has neither; its label says so.
    """
    bounds = class_bounds(areas[column].to_list())
    values = areas[column].to_numpy()
    index = pl.Series("class_index", np.searchsorted(np.array(bounds), values, side="right"), dtype=pl.Int64)
    numbered = areas.with_columns(class_index=pl.when(pl.col(column).is_not_null()).then(index))
    words = {place: _bound_words(bounds, place, language, digits) for place in range(len(bounds) + 1)}
    label = pl.col("class_index").replace_strict(words, default=language.say("not known"), return_dtype=pl.String)
    return numbered.with_columns(class_label=pl.format("{} ({})", label, pl.len().over("class_index")))


def _bound_words(bounds: Sequence[float], place: int, language: Language, digits: int) -> str:
    written = [language.number(bound, digits) for bound in bounds]
    if not bounds:
        return language.say("all")
    if place == 0:
        return f"< {written[0]}"
    if place == len(bounds):
        return f"≥ {written[-1]}"
    return f"{written[place - 1]}–{written[place]}"


def tile_words(name: str) -> str:
    """Return a name on as many lines as it has words, for a tile of a phone.

    >>> tile_words("Gunung Samarinda Baru")
    'Gunung|Samar.|Baru'
    >>> tile_words("Sepinggan")
    'Seping-|gan'
    """
    words = name.split()
    if len(words) == 1 and len(name) > SHORT_WORD:
        return f"{name[: SHORT_WORD - 1]}-{LINE_BREAK}{name[SHORT_WORD - 1 :]}"
    return LINE_BREAK.join(word if len(word) <= SHORT_WORD else f"{word[: SHORT_WORD - 2]}." for word in words)


def district_edges(tiles: pl.DataFrame) -> pl.DataFrame:
    """Return the lines between tiles of different kecamatan and around the whole.

    ``tiles`` has ``column``, ``row`` and ``district``; a line runs from (x, y) to (x2, y2).
    """
    owner = {(column, row): district for column, row, district in tiles.select("column", "row", "district").rows()}
    edges = set()
    for (column, row), district in owner.items():
        for other, line in (
            ((column - 1, row), (column, row, column, row + 1)),
            ((column + 1, row), (column + 1, row, column + 1, row + 1)),
            ((column, row - 1), (column, row, column + 1, row)),
            ((column, row + 1), (column, row + 1, column + 1, row + 1)),
        ):
            if owner.get(other) != district:
                edges.add(line)
    return pl.DataFrame(sorted(edges), schema=["x", "y", "x2", "y2"], orient="row")


def _shade(run: Sequence[str], place: int, last: int) -> str:
    """Return the colour of class ``place`` of 0 to ``last``, spread over the whole run."""
    return run[round(place * (len(run) - 1) / max(last, 1))]


def _colour(areas: pl.DataFrame, title: str, run: Sequence[str], legend_columns: int) -> alt.Color:
    known = areas.drop_nulls("class_index").unique("class_index").sort("class_index")
    labels, index = known["class_label"].to_list(), known["class_index"].to_list()
    colours = [_shade(run, place, max(index, default=0)) for place in index]
    unknown = areas.filter(pl.col("class_index").is_null())["class_label"].unique().to_list()
    legend = alt.Legend(title=title, columns=legend_columns, symbolType="square", symbolSize=160, labelFontSize=11)
    scale = alt.Scale(domain=[*labels, *unknown], range=[*colours, *([LINE] * len(unknown))])
    return alt.Color("class_label:N", scale=scale, legend=legend, sort=None)


def _choices() -> list[alt.Parameter]:
    return [alt.selection_point(name="area", fields=["code"], toggle=False), alt.param(name="highlight", value="")]


def _outlines() -> tuple[alt.StrokeValue, alt.StrokeWidthValue]:
    """Return a strong outline for the area that is clicked or highlighted."""
    chosen = {"or": [{"param": "area", "empty": False}, "datum.code === highlight"]}
    return (
        alt.StrokeValue(GROUND, condition={"test": chosen, "value": INK}),
        alt.StrokeWidthValue(1, condition={"test": chosen, "value": 3}),
    )


def area_tooltip(column: str, title: str, language: Language, *, number_format: str = ",") -> list[alt.Tooltip]:
    """Return the lines that an area shows on pointing."""
    return [
        alt.Tooltip("name:N", title=language.say("Area")),
        alt.Tooltip("district:N", title=language.say("District")),
        alt.Tooltip(f"{column}:Q", title=title, format=number_format),
    ]


def _map_words(areas: pl.DataFrame, column: str, title: str, language: Language) -> str:
    highest = areas.drop_nulls(column).sort(column, descending=True).head(3)["name"].to_list()
    return language.say(
        "Map of {count} areas, {title}. Highest: {highest}.",
        count=areas.height,
        title=title,
        highest=", ".join(highest),
    )


def _span(column: pl.Series, *, reverse: bool = False) -> alt.Scale:
    """Return an axis over whole places of a grid."""
    low, high = (int(str(end)) for end in (column.min(), column.max()))
    return alt.Scale(domain=[low, high + 1], nice=False, zero=False, reverse=reverse)


def _labelled_tiles(areas: pl.DataFrame, run: Sequence[str]) -> pl.DataFrame:
    """Add the corners of each tile, its words for wide and narrow maps and a text colour that can be read on it."""
    last = max(areas["class_index"].drop_nulls().to_list(), default=0)
    inks = {place: text_on(_shade(run, place, last)) for place in range(last + 1)}
    return areas.with_columns(
        column_end=pl.col("column") + 1,
        row_end=pl.col("row") + 1,
        wide=pl.col("name").str.replace_all(" ", LINE_BREAK),
        narrow=pl.col("name").map_elements(tile_words, return_dtype=pl.String),
        ink=pl.col("class_index").replace_strict(inks, default=INK, return_dtype=pl.String),
    )


def tile_map(
    areas: pl.DataFrame,
    column: str,
    language: Language,
    *,
    title: str,
    run: Sequence[str] = TEAL,
    legend_columns: int = 2,
    row_height: int = ROW_HEIGHT,
) -> Chart:
    """Draw one square an area, coloured by the class of ``column``, with lines around each kecamatan.

    ``areas`` has ``code``, ``name``, ``district``, the grid's ``column`` and ``row``, and what
    ``classified`` adds. Two columns of a legend fit on a phone.
    """
    tiles = _labelled_tiles(areas, run)
    x = alt.X("column:Q", axis=None, scale=_span(tiles["column"]))
    y = alt.Y("row:Q", axis=None, scale=_span(tiles["row"], reverse=True))
    stroke, stroke_width = _outlines()
    squares = (
        alt.Chart(tiles)
        .mark_rect(cursor="pointer")
        .encode(
            x=x, x2="column_end:Q", y=y, y2="row_end:Q", color=_colour(tiles, title, run, legend_columns),
            stroke=stroke, strokeWidth=stroke_width, tooltip=area_tooltip(column, title, language),
        )
        .add_params(*_choices())
    )  # fmt: skip
    edges = alt.Chart(district_edges(tiles)).mark_rule(color=MUTED, strokeWidth=1.5, strokeCap="square")
    height = row_height * (int(str(tiles["row"].max())) - int(str(tiles["row"].min())) + 1)
    return layered(
        squares,
        edges.encode(x="x:Q", x2="x2:Q", y="y:Q", y2="y2:Q"),
        _tile_text(tiles),
        height=height,
        description=_map_words(areas, column, title, language),
    )


def _tile_text(tiles: pl.DataFrame) -> alt.Chart:
    is_wide = f"width >= {WIDE}"
    text = f"{is_wide} ? datum.wide : datum.narrow"
    words: alt.Chart = (
        alt.Chart(tiles.with_columns(x_middle=pl.col("column") + 0.5, y_middle=pl.col("row") + 0.5))
        .mark_text(
            text=alt.ExprRef(text),
            lineBreak=LINE_BREAK,
            lineHeight=12,
            baseline="middle",
            fontSize=alt.ExprRef(f"{is_wide} ? 11 : 9.5"),
            dy=alt.ExprRef(f"-6 * (length(split({text}, '{LINE_BREAK}')) - 1)"),
            tooltip=None,
        )
        .encode(x="x_middle:Q", y="y_middle:Q", color=alt.Color("ink:N", scale=None))
    )
    return words


def boundary_map(
    areas: pl.DataFrame,
    column: str,
    language: Language,
    *,
    title: str,
    run: Sequence[str] = TEAL,
    legend_columns: int = 2,
    height: int = BOUNDARY_HEIGHT,
) -> Chart:
    """Draw the areas' boundaries, coloured by the class of ``column``.

    The boundaries are the named data set ``boundaries``: a GeoJSON FeatureCollection with the
    property ``code``, given to ``specification`` or ``picture`` so that Altair need not read it.
    They are drawn flat: near the equator a degree is as long eastwards as northwards.
    """
    shown = areas.select("code", "name", "district", column, "class_label", "class_index")
    fields = ["name", "district", column, "class_label"]
    stroke, stroke_width = _outlines()
    features = alt.NamedData(name=BOUNDARIES, format=alt.JsonDataFormat(property="features", type="json"))
    chart: Chart = (
        alt.Chart(features)
        .mark_geoshape(cursor="pointer")
        .transform_calculate(code="datum.properties.code")
        .transform_lookup(lookup="code", from_=alt.LookupData(data=shown, key="code", fields=fields))
        .encode(
            color=_colour(shown, title, run, legend_columns),
            stroke=stroke,
            strokeWidth=stroke_width,
            tooltip=area_tooltip(column, title, language),
        )
        .project(type="identity", reflectY=True)
        .add_params(*_choices())
        .properties(width="container", height=height, description=_map_words(areas, column, title, language))
    )
    return chart

"""What the pictures of turnout share: the axis of shares, the target line, the tooltip of an interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import altair as alt
import numpy as np
import polars as pl

from bilik.foundation.palette import INK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bilik.foundation.charts import Chart
    from bilik.foundation.language import Language

PERCENT = ".0%"
PERCENT_1 = ".1%"
TARGET_DASH = [5, 3]


def share_domain(shares: Iterable[float | None], step: float = 0.05) -> tuple[float, float]:
    """Return an axis around the known shares: whole steps, a little air, inside 0-1."""
    known = [share for share in shares if share is not None and share == share]  # noqa: PLR0124 -- not a number
    air = step / 5
    low = np.floor(round((min(known, default=0.0) - air) / step, 6)) * step
    high = np.ceil(round((max(known, default=1.0) + air) / step, 6)) * step
    return max(0.0, round(float(low), 6)), min(1.0, round(float(high), 6))


def share_scale(domain: tuple[float, float]) -> alt.Scale:
    """Return the scale over exactly ``domain``."""
    return alt.Scale(domain=list(domain), nice=False, zero=False)


@dataclass(frozen=True, slots=True)
class ShareAxis:
    """One horizontal axis of turnout that several columns are drawn on."""

    domain: tuple[float, float]
    title: str

    def on(self, column: str) -> alt.X:
        """Return the axis for ``column``."""
        return alt.X(
            f"{column}:Q",
            title=self.title,
            scale=share_scale(self.domain),
            axis=alt.Axis(format=PERCENT, tickCount=6, grid=False),
        )


def year_label() -> pl.Expr:
    """Return the year of an election as text, from its name where the day is unknown."""
    return pl.coalesce(pl.col("held_on").dt.year().cast(pl.String), pl.col("name").str.extract(r"((?:19|20)\d\d)"))


def drawn_on() -> pl.Expr:
    """Return the day an election is drawn at: its polling day, or the middle of the year in its name."""
    return pl.coalesce(pl.col("held_on"), pl.date(year_label().cast(pl.Int32), 7, 1))


def target_words(target: float, language: Language) -> str:
    """Return the label of a target line."""
    digits = 0 if round(target * 100, 1).is_integer() else 1
    return language.say("Target {share}", share=language.percent(target, digits))


def target_level(target: float | None, language: Language, y: alt.Y) -> list[alt.Chart]:
    """Draw a target as a line across the chart."""
    if target is None:
        return []
    base = alt.Chart(pl.DataFrame({"share": [target], "label": [target_words(target, language)]}))
    label = base.mark_text(align="left", baseline="bottom", dy=-3, dx=2, fontWeight=600)
    return [
        base.mark_rule(color=INK, strokeWidth=1.5, strokeDash=TARGET_DASH).encode(y=y),
        label.encode(y=y, x=alt.value(0), text="label:N"),
    ]


def interval_tooltip(language: Language, *named: tuple[str, str]) -> list[alt.Tooltip]:
    """Return the lines a forecast shows on pointing: ``named`` columns, then median and both intervals."""
    titles = {
        "median": language.say("Median"),
        "low_80": language.say("80% interval from"),
        "high_80": language.say("80% interval to"),
        "low_95": language.say("95% interval from"),
        "high_95": language.say("95% interval to"),
    }
    return [
        *(alt.Tooltip(column, title=title) for column, title in named),
        *(alt.Tooltip(f"{column}:Q", title=title, format=PERCENT_1) for column, title in titles.items()),
    ]


def layered(*layers: alt.Chart, height: float, description: str) -> Chart:
    """Return the layers as one chart, as wide as its container."""
    together: Chart = alt.layer(*layers).properties(width="container", height=height, description=description)
    return together

"""Turnout as pictures: frame -> Altair chart, nothing else.

``foundation.charts`` makes a chart the browser's specification or a document's picture.
"""

from bilik.turnout.charts.areas import area_history, area_intervals
from bilik.turnout.charts.intervals import distribution, distribution_bins, interval_bar
from bilik.turnout.charts.maps import BOUNDARIES, boundary_map, classified, tile_map
from bilik.turnout.charts.past import backtest, history, invalid_history, with_guesses

__all__ = (
    "BOUNDARIES",
    "area_history",
    "area_intervals",
    "backtest",
    "boundary_map",
    "classified",
    "distribution",
    "distribution_bins",
    "history",
    "interval_bar",
    "invalid_history",
    "tile_map",
    "with_guesses",
)

"""A forecast as frames: one row for the region, a row an area, a row a kecamatan.

Shares are 0 to 1, voters whole people. Charts, documents, pages and commands take these.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bilik.turnout.outlook import Forecast

Floats = NDArray[np.float64]


def interval_table(forecast: Forecast) -> pl.DataFrame:
    """Return the region's ``median``, ``low_80``, ``high_80``, ``low_95`` and ``high_95`` as one row."""
    (low_80, high_80), (low_95, high_95) = forecast.interval(0.80), forecast.interval(0.95)
    return pl.DataFrame(
        {
            "median": [forecast.median_share],
            "low_80": [low_80],
            "high_80": [high_80],
            "low_95": [low_95],
            "high_95": [high_95],
        }
    )


def area_table(forecast: Forecast, targets: Floats) -> pl.DataFrame:
    """Return every area with its ``district``, forecast, ``target_share`` and missing voters (80% band).

    ``targets`` has the shape (areas,).
    """
    narrow, wide = forecast.area_intervals(0.80), forecast.area_intervals(0.95)
    missing = forecast.area_missing(targets)
    return pl.DataFrame(
        {
            "code": forecast.areas,
            "name": forecast.names,
            "district": [forecast.parent_names.get(parent, "") for parent in forecast.parents],
            "electorate": forecast.electorate,
            "median": forecast.area_medians,
            "low_80": narrow[:, 0],
            "high_80": narrow[:, 1],
            "low_95": wide[:, 0],
            "high_95": wide[:, 1],
            "target_share": targets,
            "missing": missing[:, 0],
            "missing_low": missing[:, 1],
            "missing_high": missing[:, 2],
        }
    )


def district_table(forecast: Forecast, targets: Floats) -> pl.DataFrame:
    """Return the same added up over the kecamatan; a kecamatan's target is the sum of its areas' targets."""
    above = forecast.by_parent()
    wanted = np.asarray(targets) * forecast.electorate
    parents = np.array(forecast.parents)
    summed = np.array([wanted[parents == code].sum() for code in above.areas])
    return area_table(above, summed / np.maximum(above.electorate, 1)).drop("district")

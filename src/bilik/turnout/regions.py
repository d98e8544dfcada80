"""The region asked about and the areas below it."""

import polars as pl

from bilik.elections.figures import Figures
from bilik.turnout.errors import UnknownLevelError, UnknownRegionError

LEVELS = ("nation", "province", "city", "district", "ward")


def checked_region(figures: Figures, region: str) -> str:
    """Return the name of ``region``.

    Raises
    ------
    UnknownRegionError
        If the figures hold no such region; it names one they do hold.
    """
    row = figures.regions.filter(pl.col("code") == region)
    if row.is_empty():
        counted = figures.counts["region"].mode().sort()
        raise UnknownRegionError(region=region, example=counted[0] if len(counted) else "64.71")
    return str(row["name"][0])


def in_force(figures: Figures) -> pl.DataFrame:
    """Return the regions that have not been dissolved."""
    return figures.regions.filter(pl.col("valid_to").is_null())


def below(figures: Figures, region: str) -> pl.DataFrame:
    """Return every region in force below ``region``, at any depth, in the order of the codes."""
    regions = in_force(figures)
    found = regions.filter(pl.col("parent") == region)
    layers = [found]
    while not found.is_empty():
        found = regions.filter(pl.col("parent").is_in(found["code"].to_list()))
        layers.append(found)
    return pl.concat(layers).sort("code")


def areas_at(figures: Figures, region: str, level: str) -> pl.DataFrame:
    """Return the regions of ``level`` below ``region``, in the order of the codes.

    Raises
    ------
    UnknownRegionError, UnknownLevelError
        If the figures hold no such region, or no such level below it.
    """
    checked_region(figures, region)
    inside = below(figures, region)
    found = inside.filter(pl.col("level") == level)
    if found.is_empty():
        known = [name for name in LEVELS if name in inside["level"].to_list()]
        raise UnknownLevelError(level=level, region=region, known=", ".join(known) or "–")
    return found

"""The region asked about and the areas below it."""

import polars as pl

from bilik.elections.figures import Figures
from bilik.regions import hierarchy
from bilik.turnout.errors import UnknownLevelError

LEVELS = ("nation", "province", "city", "district", "ward")


def checked_region(figures: Figures, region: str) -> str:
    """Return the name of ``region``.

    Raises
    ------
    UnknownRegionError
        If the figures hold no such region; it names one much like it.
    """
    return hierarchy.named(figures.regions, region)


def below(figures: Figures, region: str) -> pl.DataFrame:
    """Return every region in force below ``region``, at any depth, in the order of the codes."""
    return hierarchy.below(figures.regions, region)


def areas_at(figures: Figures, region: str, level: str) -> pl.DataFrame:
    """Return the regions of ``level`` below ``region``, in the order of the codes.

    Raises
    ------
    UnknownRegionError, UnknownLevelError
        If the figures hold no such region, or no such level below it.
    """
    inside = below(figures, region)
    found = inside.filter(pl.col("level") == level)
    if found.is_empty():
        known = [name for name in LEVELS if name in inside["level"].to_list()]
        raise UnknownLevelError(level=level, region=region, known=", ".join(known) or "–")
    return found

"""Where a place lies: Indonesia › Kalimantan Timur › Balikpapan › …, each with its page."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Step:
    """One place on the way down, and the address of its page."""

    code: str
    name: str
    address: str


def trail(regions: pl.DataFrame, code: str, address: Callable[[str], str]) -> list[Step]:
    """Return the way from the root of ``regions`` down to ``code``; an unknown code has no way."""
    named = {row["code"]: row for row in regions.filter(pl.col("valid_to").is_null()).iter_rows(named=True)}
    steps: list[Step] = []
    here: str | None = code
    while here is not None and here in named:
        steps.append(Step(here, named[here]["name"], address(here)))
        here = named[here]["parent"]
    return steps[::-1]

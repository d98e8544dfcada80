"""What the arithmetic checks found, in words, for the pages that show figures."""

from typing import Any

import polars as pl

from bilik.elections.checks import failures, sentence
from bilik.elections.figures import Figures
from bilik.foundation.language import Language


def failed_checks(known: Figures, *, region: str, election: str, language: Language) -> list[dict[str, Any]]:
    """Return the failed checks of an election's rows in a region, each with its sentence."""
    here = (pl.col("region") == region) & (pl.col("election") == election)
    rows = known.counts.filter(here & pl.col("station").is_null())
    found = failures(rows, known.elections, regions=known.regions)
    return [{**row, "sentence": sentence(row, language)} for row in found.iter_rows(named=True)]

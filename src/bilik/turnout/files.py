"""Files of turnout: the targets that were stated before past elections, shipped with their sources."""

from importlib.resources import files

import polars as pl

TARGET_STATEMENT_SCHEMA: dict[str, type[pl.DataType]] = {
    "election": pl.String,
    "region": pl.String,
    "low_percent": pl.Float64,  # a range such as 75-80 has two ends; ">60" has only the lower
    "high_percent": pl.Float64,
    "as_printed": pl.String,
    "set_by": pl.String,
    "source": pl.String,
    "set_on": pl.String,  # ISO day, month or year, as far as it is known
    "url": pl.String,
}


def shipped_target_statements(region: str) -> pl.DataFrame:
    """Return the targets that others stated for past elections of a region; empty where none are shipped."""
    file = files("bilik.turnout") / "data" / region / "targets.csv"
    if not file.is_file():
        return pl.DataFrame(schema=TARGET_STATEMENT_SCHEMA)
    return pl.read_csv(file.read_bytes(), schema_overrides=TARGET_STATEMENT_SCHEMA)

"""Rows of regions on one side, frames on the other."""

from typing import Any

import polars as pl

from bilik.regions.hierarchy import REGION_SCHEMA
from bilik.regions.web.models import Boundary, Region


def regions() -> pl.DataFrame:
    """Return all regions, with every time of validity."""
    rows = [{**row, "parent": row["parent"] or None} for row in Region.objects.values(*REGION_SCHEMA)]
    return pl.DataFrame(rows, schema=REGION_SCHEMA)


def tiles() -> pl.DataFrame:
    """Return the squares of the tile map: code, column, row."""
    placed = Region.objects.filter(tile_column__isnull=False).values_list("code", "tile_column", "tile_row")
    return pl.DataFrame(list(placed), schema={"code": pl.String, "column": pl.Int64, "row": pl.Int64}, orient="row")


def boundary(region: str) -> dict[str, Any] | None:
    """Return the outlines of the areas below ``region`` as GeoJSON, if the workspace has them."""
    found = Boundary.objects.filter(region=region).values_list("geojson", flat=True).first()
    return found if found is None else dict(found)

"""Every write about regions."""

from typing import Any

import polars as pl

from bilik.accounts.web.deeds import deed
from bilik.accounts.web.models import Person
from bilik.regions.web.models import Boundary, Region


def keep_boundary(region: str, geojson: dict[str, Any], *, origin: str, by: Person | None) -> None:
    """Keep the checked and simplified outlines of the areas below a region, in place of earlier ones."""
    with deed("keep_boundary", by=by, changes_figures=True) as change:
        change.subject = f"boundary:{region}"
        change.before = {"origin": Boundary.objects.filter(region=region).values_list("origin", flat=True).first()}
        Boundary.objects.update_or_create(region=region, defaults={"geojson": geojson, "origin": origin})
        change.after = {"origin": origin, "areas": len(geojson["features"])}


def keep_regions(regions: pl.DataFrame, tiles: pl.DataFrame, *, by: Person | None) -> int:
    """Keep regions that are not there yet, with their squares on the tile map; return how many are new."""
    known = set(Region.objects.values_list("code", flat=True))
    placed = {code: (column, row) for code, column, row in tiles.select("code", "column", "row").iter_rows()}
    new = [row for row in regions.iter_rows(named=True) if row["code"] not in known]
    with deed("keep_regions", by=by, changes_figures=True) as change:
        for row in new:
            row["parent"] = row["parent"] or ""
            row["tile_column"], row["tile_row"] = placed.get(row["code"], (None, None))
        Region.objects.bulk_create(Region(**row) for row in new)
        change.subject = "regions"
        change.after = {"new": len(new)}
    return len(new)

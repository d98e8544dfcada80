"""Regions as records: a code may stand several times, each with its own time of validity."""

from django.db import models


class Region(models.Model):
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=12)
    parent = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    tile_column = models.PositiveSmallIntegerField(null=True)
    tile_row = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["parent"])]
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="one_region_per_code_and_start")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Boundary(models.Model):
    """The outlines of the areas below a region, as one checked and simplified GeoJSON."""

    region = models.CharField(max_length=20, unique=True)
    geojson = models.JSONField()
    origin = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.region

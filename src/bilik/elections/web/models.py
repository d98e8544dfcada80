"""Elections, sources, acceptances and the files of counts as records."""

from django.conf import settings
from django.db import models

from bilik.elections.elections import ElectionKind, Regime
from bilik.foundation.sources import SourceKind


class ElectionRecord(models.Model):
    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.label) for kind in ElectionKind])
    regime = models.CharField(max_length=20, choices=[(regime.value, regime.value) for regime in Regime])
    region = models.CharField(max_length=20)
    held_on = models.DateField(null=True)
    earliest_on = models.DateField(null=True)
    latest_on = models.DateField(null=True)
    station_size_limit = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return self.name


class SourceRecord(models.Model):
    source = models.SlugField(unique=True, max_length=100)
    publisher = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=600, blank=True)
    published_on = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.label) for kind in SourceKind])

    def __str__(self) -> str:
        return self.title


class AcceptanceRecord(models.Model):
    """Whose figure is used where sources contradict each other, and why."""

    election = models.CharField(max_length=60)
    region = models.CharField(max_length=20)
    column = models.CharField(max_length=30)
    source = models.CharField(max_length=100)
    reason_id = models.TextField()
    reason_en = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["election", "region", "column"], name="one_accepted_source_per_figure")
        ]

    def __str__(self) -> str:
        return f"{self.election} {self.region} {self.column}"


class ElectorateRecord(models.Model):
    """A list of voters of an area on a day, as material for the electorate of a coming election."""

    region = models.CharField(max_length=20)
    as_of = models.DateField()
    list = models.CharField(max_length=12)
    voters = models.PositiveIntegerField()
    male = models.PositiveIntegerField(null=True)
    female = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=100)
    note_id = models.TextField(blank=True)
    note_en = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "as_of", "list", "source"], name="one_list_per_area_day_and_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.list} {self.as_of}"


class CountFile(models.Model):
    """One import of counts: an immutable Parquet file named by the hash of its content."""

    content_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    row_count = models.PositiveIntegerField()
    in_force = models.BooleanField(default=True)
    imported_at = models.DateTimeField(auto_now_add=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.name

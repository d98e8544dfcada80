"""Target sets: a turnout target split over the areas, kept under a name."""

from django.conf import settings
from django.db import models

from bilik.turnout.targets import SplitRule


class TargetSet(models.Model):
    """What an office decided to aim for, with the figures it saw when it decided."""

    name = models.CharField(max_length=120)
    region = models.CharField(max_length=20)
    election = models.CharField(max_length=60)
    target_share = models.FloatField()
    rule = models.CharField(max_length=20, choices=[(rule.value, rule.label) for rule in SplitRule])
    ceiling_share = models.FloatField()
    electorate = models.PositiveIntegerField()
    record = models.JSONField(help_text="The forecast record, with every area's target, as it was that day.")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="target_sets")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "region", "name"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_target_set_of_a_name_per_agency",
            )
        ]

    def __str__(self) -> str:
        return self.name


class TargetStatement(models.Model):
    """A turnout target that somebody stated before an election, as it was published."""

    election = models.CharField(max_length=60)
    region = models.CharField(max_length=20)
    low_percent = models.FloatField()
    high_percent = models.FloatField(null=True)
    as_printed = models.CharField(max_length=40)
    set_by = models.CharField(max_length=120)
    source = models.CharField(max_length=100)
    set_on = models.CharField(max_length=40, blank=True)
    url = models.CharField(max_length=600, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.election} {self.as_printed}"

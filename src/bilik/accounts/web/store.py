"""What others may ask of the deeds."""

from django.db.models import Max

from bilik.accounts.web.models import Deed


def revision() -> int:
    """Return a number that grows with every write; what was read under one number is still true under it."""
    return Deed.objects.aggregate(last=Max("id"))["last"] or 0

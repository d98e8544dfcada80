"""The one place where all writes pass: no action saves anything outside ``deed``."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from bilik.accounts.chain import START, link_hash
from bilik.accounts.web.models import Deed, Person
from bilik.accounts.web.store import forget_revision


@dataclass(slots=True)
class Change:
    """What an action fills in while it works: the record, and its fields before and after."""

    subject: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


@contextmanager
def deed(action: str, *, by: Person | None, changes_figures: bool = False) -> Iterator[Change]:
    """Run an action in one transaction and record it as a deed of ``by``.

    ``by`` is empty only where the installation itself writes. ``changes_figures`` tells that
    regions, elections, counts or what is accepted of them change, so that what was worked
    out from them is worked out anew. If the action fails,
    neither its changes nor the deed remain.
    """
    with transaction.atomic():
        change = Change()
        yield change
        _append(
            Deed(
                person=by,
                agency=by.agency if by else None,
                action=action,
                changes_figures=changes_figures,
                subject=change.subject,
                before=change.before,
                after=change.after,
                done_at=timezone.now(),
            )
        )
    forget_revision()


def _append(one: Deed) -> None:
    """Chain a deed to the last one; the lock lets nobody else write in between."""
    last = Deed.objects.select_for_update().order_by("-id").values_list("own_hash", flat=True).first()
    one.previous_hash = last or START
    one.own_hash = link_hash(one.previous_hash, one.content())
    one.save(force_insert=True)

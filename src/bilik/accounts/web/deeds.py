"""The one place where all writes pass: no action saves anything outside ``deed``."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

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
        Deed.objects.create(
            person=by,
            agency=by.agency if by else None,
            action=action,
            changes_figures=changes_figures,
            subject=change.subject,
            before=change.before,
            after=change.after,
        )
    forget_revision()

"""Every write about targets."""

from typing import Any

import polars as pl
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bilik.accounts.roles import Act
from bilik.accounts.web.deeds import deed
from bilik.accounts.web.models import Person
from bilik.foundation.errors import BilikError
from bilik.foundation.language import mark
from bilik.turnout.web.models import TargetSet, TargetStatement


class NameTakenError(BilikError):
    """The office has a target set of that name already."""

    message = mark("Your office already has a target set named «{name}». Choose another name, or withdraw the old one.")


def save_target_set(
    *, by: Person, name: str, region: str, rule: str, ceiling_share: float, record: dict[str, Any]
) -> TargetSet:
    """Keep a target set of the person's agency under ``name``."""
    if by.agency is None or not by.may(Act.SAVE_TARGETS):
        raise PermissionDenied
    if TargetSet.objects.filter(agency=by.agency, region=region, name=name, withdrawn_at=None).exists():
        raise NameTakenError(name=name)
    with deed("save_target_set", by=by) as change:
        kept = TargetSet.objects.create(
            name=name,
            region=region,
            election=record["election"],
            target_share=record["target_share"],
            rule=rule,
            ceiling_share=ceiling_share,
            electorate=record["electorate"],
            record=record,
            agency=by.agency,
            made_by=by,
        )
        change.subject = f"target_set:{kept.pk}"
        change.after = {"name": name, "election": kept.election, "target_share": kept.target_share, "rule": rule}
    return kept


def restore_target_set(*, by: Person, target_set: TargetSet) -> None:
    """Take a withdrawn target set of the person's own agency back into use."""
    if by.agency_id != target_set.agency_id or not by.may(Act.DELETE_TARGETS):
        raise PermissionDenied
    same = TargetSet.objects.filter(agency_id=target_set.agency_id, region=target_set.region, withdrawn_at=None)
    if same.filter(name=target_set.name).exists():
        raise NameTakenError(name=target_set.name)
    with deed("restore_target_set", by=by) as change:
        change.subject = f"target_set:{target_set.pk}"
        change.before = {"withdrawn_at": target_set.withdrawn_at.isoformat() if target_set.withdrawn_at else None}
        target_set.withdrawn_at = None
        target_set.save(update_fields=["withdrawn_at"])
        change.after = {"name": target_set.name}


def keep_target_statements(statements: pl.DataFrame, *, by: Person | None) -> None:
    """Keep the targets that others stated before past elections."""
    with deed("keep_target_statements", by=by) as change:
        rows = statements.with_columns(pl.col(pl.String).fill_null("")).iter_rows(named=True)
        kept = TargetStatement.objects.bulk_create(TargetStatement(**row) for row in rows)
        change.subject = "target_statements"
        change.after = {"new": len(kept)}


def withdraw_target_set(*, by: Person, target_set: TargetSet) -> None:
    """Take a target set of the person's own agency out of use; its record stays."""
    if by.agency_id != target_set.agency_id or not by.may(Act.DELETE_TARGETS):
        raise PermissionDenied
    with deed("withdraw_target_set", by=by) as change:
        change.subject = f"target_set:{target_set.pk}"
        change.before = {"name": target_set.name}
        target_set.withdrawn_at = timezone.now()
        target_set.save(update_fields=["withdrawn_at"])
        change.after = {"withdrawn_at": target_set.withdrawn_at.isoformat()}

"""Agencies, people and their deeds."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone

from bilik.accounts.agencies import AgencyKind
from bilik.accounts.roles import Act, Role, may


class Agency(models.Model):
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.label) for kind in AgencyKind])
    name = models.CharField(max_length=200)
    region_code = models.CharField(max_length=13)
    letterhead = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "region_code"], name="one_agency_of_a_kind_per_region")]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":  # noqa: ANN401
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    role = models.CharField(max_length=20, blank=True, choices=[(role.value, role.label) for role in Role])
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    def may(self, act: Act) -> bool:
        """Tell whether this person may do ``act``: it takes an agency and a role."""
        return bool(self.is_active and self.agency_id and self.role) and may(Role(self.role), act)


class Deed(models.Model):
    """One write: who did what to which record, when, and what it was before and after."""

    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="deeds")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="deeds")
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    changes_figures = models.BooleanField(default=False, db_index=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    done_at = models.DateTimeField(default=timezone.now)
    previous_hash = models.CharField(max_length=64)
    own_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"

    def content(self) -> dict[str, Any]:
        """Return what the deed's hash is made of."""
        return {
            "person": self.person_id,
            "agency": self.agency_id,
            "action": self.action,
            "subject": self.subject,
            "changes_figures": self.changes_figures,
            "before": self.before,
            "after": self.after,
            "done_at": self.done_at.isoformat(),
        }

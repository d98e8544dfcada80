"""Every write about agencies and people."""

from bilik.accounts.agencies import AgencyKind
from bilik.accounts.roles import Role
from bilik.accounts.web.deeds import deed
from bilik.accounts.web.models import Agency, Person


def open_agency(
    *, kind: AgencyKind, name: str, region_code: str, letterhead: dict[str, str], by: Person | None
) -> Agency:
    """Give an agency of a region its place in the workspace; an existing one is kept as it is."""
    found = Agency.objects.filter(kind=kind, region_code=region_code).first()
    if found:
        return found
    with deed("open_agency", by=by) as change:
        agency = Agency.objects.create(kind=kind, name=name, region_code=region_code, letterhead=letterhead)
        change.subject = f"agency:{agency.pk}"
        change.after = {"kind": kind.value, "name": name, "region_code": region_code}
    return agency


def admit_person(*, email: str, name: str, password: str, agency: Agency, role: Role, by: Person | None) -> Person:
    """Admit a person to an agency in a role."""
    found = Person.objects.filter(email=email).first()
    if found:
        return found
    with deed("admit_person", by=by) as change:
        person = Person.objects.create_user(email=email, password=password, name=name, agency=agency, role=role)
        change.subject = f"person:{person.pk}"
        change.after = {"name": name, "agency": agency.pk, "role": role.value}
    return person

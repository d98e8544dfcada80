import pytest

from bilik.accounts.web.deeds import deed
from bilik.accounts.web.models import Deed, Person


def test_a_write_leaves_a_deed_of_its_person_and_agency(rani):
    with deed("rename", by=rani) as change:
        change.subject = "thing:1"
        change.before, change.after = {"name": "a"}, {"name": "b"}

    kept = Deed.objects.latest("id")
    assert (kept.person, kept.agency, kept.action, kept.subject) == (rani, rani.agency, "rename", "thing:1")
    assert (kept.before, kept.after) == ({"name": "a"}, {"name": "b"})


def test_a_failed_action_leaves_neither_change_nor_deed(rani):
    before = Deed.objects.count()

    def fail() -> None:
        with deed("rename", by=rani):
            Person.objects.filter(pk=rani.pk).update(name="changed")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    rani.refresh_from_db()
    assert rani.name == "Rani Contoh"
    assert Deed.objects.count() == before

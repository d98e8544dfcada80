import pytest
from django.core.signals import request_finished, request_started
from django.utils import timezone

from bilik.accounts.web.deeds import deed
from bilik.accounts.web.models import Deed, Person
from bilik.accounts.web.store import revision


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


def test_only_a_write_of_figures_makes_pages_work_anew(rani):
    before = revision()

    with deed("rename", by=rani):
        pass
    assert revision() == before
    with deed("keep_figures", by=rani, changes_figures=True):
        pass
    assert revision() > before


def test_a_request_reads_one_state_until_it_writes_itself(rani):
    before = revision()
    request_started.send(sender=None)
    try:
        assert revision() == before
        Deed.objects.create(
            person=rani, action="elsewhere", changes_figures=True, done_at=timezone.now(), own_hash="elsewhere"
        )
        assert revision() == before
        with deed("keep_figures", by=rani, changes_figures=True):
            pass
        assert revision() > before
    finally:
        request_finished.send(sender=None)

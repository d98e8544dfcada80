import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client

from bilik.accounts.web.models import Deed
from bilik.turnout.web.actions import NameTakenError, save_target_set, withdraw_target_set
from bilik.turnout.web.models import TargetSet

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
FORM = {"election": "pilwali-2031", "target": "75", "rule": "logit_shift", "ceiling": "95"}
SAVE = "/partisipasi/64.71/target/simpan/"


def signed_in(person):
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def kept(person, name, **change):
    signed_in(person).post(SAVE, {**FORM, "name": name, **change})
    return TargetSet.objects.get(name=name, agency=person.agency)


def test_a_set_keeps_the_figures_of_its_day_and_leaves_a_deed(rani):
    one = kept(rani, "Rencana 2031")

    assert one.target_share == 0.75
    assert len(one.record["areas"]) == 34
    assert one.made_by == rani
    assert Deed.objects.latest("id").subject == f"target_set:{one.pk}"


def test_two_sets_are_compared_area_by_area(rani):
    first, second = kept(rani, "A"), kept(rani, "B", target="70")
    answer = signed_in(rani).get(f"/partisipasi/64.71/target/banding/?first={first.pk}&second={second.pk}")

    assert len(answer.context["areas"]) == 34
    assert sum(row["people"] for row in answer.context["areas"]) == pytest.approx(-0.05 * first.electorate, abs=34)


def test_a_name_is_used_once_in_an_office_and_may_be_used_by_the_other(rani, citra):
    kept(rani, "A")
    again = signed_in(rani).post(SAVE, {**FORM, "name": "A"})
    kept(citra, "A")

    assert again.status_code == 422
    assert TargetSet.objects.filter(name="A").count() == 2


def test_only_the_head_of_the_same_office_withdraws_a_set(rani, yusuf, citra):
    one = kept(rani, "A")
    address = f"/partisipasi/64.71/target/{one.pk}/tarik/"

    assert signed_in(yusuf).post(address).status_code == 403
    assert signed_in(citra).post(address).status_code == 403
    assert signed_in(rani).get(address).status_code == 405
    assert signed_in(rani).post(address).status_code == 302
    one.refresh_from_db()
    assert one.withdrawn_at is not None
    assert signed_in(rani).get(f"/partisipasi/64.71/target/{one.pk}/").status_code == 404


def test_a_withdrawal_is_undone_by_the_one_who_did_it(rani, yusuf):
    one = kept(rani, "A")
    desk = signed_in(rani)
    desk.post(f"/partisipasi/64.71/target/{one.pk}/tarik/")
    offered = desk.get("/partisipasi/64.71/target/").content.decode()

    assert f"/target/{one.pk}/kembalikan/" in offered
    assert signed_in(yusuf).post(f"/partisipasi/64.71/target/{one.pk}/kembalikan/").status_code == 403
    desk.post(f"/partisipasi/64.71/target/{one.pk}/kembalikan/")
    one.refresh_from_db()
    assert one.withdrawn_at is None
    assert Deed.objects.latest("id").action == "restore_target_set"


def test_a_withdrawn_set_does_not_come_back_over_a_new_one_of_its_name(rani):
    one = kept(rani, "A")
    signed_in(rani).post(f"/partisipasi/64.71/target/{one.pk}/tarik/")
    signed_in(rani).post(SAVE, {**FORM, "name": "A"})

    assert signed_in(rani).post(f"/partisipasi/64.71/target/{one.pk}/kembalikan/").status_code == 422


def test_the_head_of_the_other_office_does_not_withdraw_it_either(rani, db):
    from bilik.accounts.web.models import Person

    one = kept(rani, "A")
    bayu = Person.objects.get(email="koordinator@bawaslu.contoh.id")

    assert signed_in(bayu).post(f"/partisipasi/64.71/target/{one.pk}/tarik/").status_code == 403


def test_actions_refuse_by_themselves_too(rani, stranger, yusuf):
    one = kept(rani, "A")

    asked = {"region": "64.71", "rule": "logit_shift", "ceiling_share": 0.95, "record": one.record}
    with pytest.raises(PermissionDenied):
        save_target_set(by=stranger, name="B", **asked)
    with pytest.raises(PermissionDenied):
        withdraw_target_set(by=yusuf, target_set=one)
    with pytest.raises(NameTakenError):
        save_target_set(by=rani, name="A", **asked)


def test_a_set_that_cannot_be_worked_out_is_not_saved(rani):
    answer = signed_in(rani).post(SAVE, {**FORM, "name": "A", "target": "0.75"})

    assert answer.status_code == 422
    assert not TargetSet.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_one_set_as_for_three(rani, count, django_assert_max_num_queries):
    for number in range(count):
        kept(rani, f"Rencana {number}")
    client = signed_in(rani)
    client.get("/partisipasi/64.71/target/")

    with django_assert_max_num_queries(8):
        page = client.get("/partisipasi/64.71/target/").content.decode()
    assert page.count("Rencana") == count + (2 * count if count > 1 else 0)


def test_an_empty_list_says_what_a_target_set_is_for(rani):
    assert "/prakiraan/" in signed_in(rani).get("/partisipasi/64.71/target/").content.decode()


def test_sets_are_still_compared_when_there_have_been_more_than_a_thousand(rani):
    for number, name in ((1234, "A"), (1235, "B")):
        one = kept(rani, name)
        TargetSet.objects.filter(pk=one.pk).update(id=number)

    page = signed_in(rani).get("/partisipasi/64.71/target/").content.decode()

    assert 'value="1234"' in page
    assert 'value="1235"' in page

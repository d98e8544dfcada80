"""Who sees what: strangers the start page, people without an office nothing, both offices this workspace."""

import re

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from bilik.accounts.roles import Act
from bilik.accounts.web.models import Deed, Person

OPEN = {"start", "set_language", "account_login", "account_logout"}
ADDRESSES = (
    "/beranda/64.71/",
    "/cari/?q=sepinggan",
    "/data/",
    "/data/angka/pilwali-2020/64.71/users_of_dpt/",
    "/partisipasi/64.71/",
    "/partisipasi/64.71/pemilihan/pilwali-2020/",
    "/partisipasi/64.71/prakiraan/",
    "/partisipasi/64.71/uji-mundur/",
    "/partisipasi/64.71/target/",
    "/partisipasi/64.71/gambar/history.json",
    "/partisipasi/64.71/unduh/wilayah.csv",
    "/partisipasi/64.71/ringkasan.pdf",
)
BACKEND = settings.AUTHENTICATION_BACKENDS[0]


def signed_in(person: object) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def views(patterns: list[URLPattern | URLResolver]) -> list[URLPattern]:
    found: list[URLPattern] = []
    for one in patterns:
        found += views(one.url_patterns) if isinstance(one, URLResolver) else [one]
    return found


def test_every_view_names_the_act_it_takes():
    closed = [one for one in views(get_resolver().url_patterns) if one.name not in OPEN]

    assert closed
    assert [one.name for one in closed if not isinstance(getattr(one.callback, "act", None), Act)] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_is_sent_to_sign_in(db, client, address):
    answer = client.get(address)

    assert answer.status_code == 302
    assert answer.url.startswith("/akun/masuk/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_somebody_without_an_office_is_refused(stranger, address):
    answer = signed_in(stranger).get(address)

    assert answer.status_code == 403
    assert b"520.986" not in answer.content


@pytest.mark.parametrize("address", ADDRESSES[:-1])
def test_both_offices_see_the_workspace(rani, citra, address):
    assert signed_in(rani).get(address).status_code in {200, 302}
    assert signed_in(citra).get(address).status_code in {200, 302}


def test_somebody_who_has_left_is_refused(rani):
    Person.objects.filter(pk=rani.pk).update(is_active=False)

    assert signed_in(rani).get("/beranda/64.71/").status_code == 302


def test_the_start_page_shows_a_stranger_no_figure(db, client):
    answer = client.get("/")

    assert answer.status_code == 200
    assert not re.search(rb"\d{2,3}\.\d{3}|\d,\d%", answer.content)


def test_a_write_needs_a_person_who_may(stranger, yusuf):
    form = {"election": "pilwali-2031", "target": "75", "rule": "logit_shift", "ceiling": "95", "name": "A"}
    before = Deed.objects.count()

    assert Client().post("/partisipasi/64.71/target/simpan/", form).status_code == 302
    assert signed_in(stranger).post("/partisipasi/64.71/target/simpan/", form).status_code == 403
    assert Deed.objects.count() == before
    assert signed_in(yusuf).post("/partisipasi/64.71/target/simpan/", form).status_code == 302
    assert Deed.objects.count() == before + 1


def test_people_sign_in_with_their_password_and_out_again(rani, client):
    wrong = client.post("/akun/masuk/", {"login": rani.email, "password": "wrong"})
    right = client.post("/akun/masuk/", {"login": rani.email, "password": "bilik-suara-75"})

    assert wrong.status_code == 200
    assert right.status_code == 302
    assert client.get("/beranda/64.71/").status_code == 200
    client.post("/akun/keluar/")
    assert client.get("/beranda/64.71/").status_code == 302


def test_nobody_signs_up_by_themselves(db, client):
    assert client.get("/akun/daftar/").status_code == 404
    assert client.get("/accounts/signup/").status_code == 404


def test_made_up_accounts_stand_on_the_sign_in_page_of_a_demonstration_only(db, client):
    from bilik.site.workspace import Workspace, WorkspaceKind

    office = Workspace(settings.WORKSPACE.folder, WorkspaceKind.OFFICE)

    assert b"kepala@kesbangpol.contoh.id" in client.get("/akun/masuk/").content
    with override_settings(WORKSPACE=office):
        assert b"kepala@kesbangpol.contoh.id" not in client.get("/akun/masuk/").content


def test_passwords_are_kept_as_argon2():
    from bilik.site import settings as site

    assert site.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]

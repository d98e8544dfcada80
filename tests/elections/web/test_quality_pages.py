import pytest
from django.conf import settings
from django.test import Client


@pytest.fixture
def desk(yusuf):
    client = Client()
    client.force_login(yusuf, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def test_the_quality_page_counts_and_asks(desk):
    page = desk.get("/data/mutu/64.71/")

    assert page.status_code == 200
    assert len(page.context["rows"]) == 11
    assert any("2024" in one for one in page.context["requests"])


def test_it_leads_to_the_rows_that_fail_and_to_a_sheet_of_them(desk):
    page = desk.get("/data/mutu/64.71/pilpres-2019/")
    sheet = desk.get("/data/mutu/64.71/pilpres-2019/pemeriksaan.csv").content.decode()

    assert page.context["count"] > 20
    assert len(sheet.strip().splitlines()) == page.context["count"] + 1


def test_the_letter_goes_out_on_the_head_of_the_reader_s_office(desk):
    assert desk.get("/data/mutu/64.71/permintaan.pdf").content.startswith(b"%PDF")


def test_a_place_without_counts_says_what_to_do(desk):
    assert (
        "/data/impor/" in desk.get("/data/mutu/64.71.05.1002/").content.decode()
        or desk.get("/data/mutu/64.71.05.1002/").context["rows"]
    )


@pytest.mark.parametrize(
    "address", ["/data/mutu/64.71/", "/data/mutu/64.71/pilpres-2019/", "/data/mutu/64.71/permintaan.pdf"]
)
def test_somebody_without_an_office_is_refused(stranger, address):
    client = Client()
    client.force_login(stranger, backend=settings.AUTHENTICATION_BACKENDS[0])

    assert client.get(address).status_code == 403


def test_an_unknown_place_is_said(desk):
    assert desk.get("/data/mutu/99.99/").status_code == 422

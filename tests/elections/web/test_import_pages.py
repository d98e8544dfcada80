"""Bringing counts in on the page: nothing is kept before a decision, and a decision is undone as a whole."""

from pathlib import Path

import polars as pl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bilik.accounts.web.models import Deed
from bilik.elections.web.models import CountFile
from bilik.elections.web.store import figures

REAL = Path(__file__).parents[4] / "shared" / "data" / "pilpres2024_sirekap_gigit" / "balikpapan_pilpres2024_tps.csv"
SAID = {"election": "pilwali-2024", "publisher": "KPU Contoh", "title": "Hasil contoh", "kind": "internal"}
GOOD = "kode,dpt,pengguna\n64.71.05.1002,25000,15000\n6471061001,8600,5100\n"


def signed_in(person):
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def brought(client, text, name="hasil.csv", **said):
    file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
    return client.post("/data/impor/", {**SAID, **said, "file": file})


@pytest.fixture(autouse=True)
def swept(db):
    """Take the count files of a test away; the database goes back by itself."""
    folder = Path(settings.WORKSPACE.counts)
    before = set(folder.iterdir())
    yield
    for file in set(folder.iterdir()) - before:
        file.unlink()


def test_nothing_is_kept_before_a_decision(yusuf):
    desk = signed_in(yusuf)
    before = figures().counts.height

    page = desk.get(brought(desk, GOOD).url)

    assert page.status_code == 200
    assert page.context["row_count"] == 2
    assert figures().counts.height == before


def test_a_decision_keeps_the_rows_with_a_receipt_and_a_deed(yusuf):
    desk = signed_in(yusuf)
    before = figures().counts.height

    answer = desk.post(brought(desk, GOOD).url, {"decision": "good"}, follow=True)

    kept = CountFile.objects.latest("pk")
    assert kept.content_hash in answer.content.decode()
    assert figures().counts.height == before + 2
    assert Deed.objects.latest("pk").person == yusuf


def test_an_import_is_undone_as_a_whole_and_put_back(yusuf):
    desk = signed_in(yusuf)
    before = figures().counts.height
    receipt = desk.post(brought(desk, GOOD).url, {"decision": "good"}).url

    desk.post(f"{receipt}berlaku/", {"to": "out"})
    assert figures().counts.height == before
    desk.post(f"{receipt}berlaku/", {"to": "back"})
    assert figures().counts.height == before + 2


def test_the_same_file_twice_changes_nothing(yusuf):
    desk = signed_in(yusuf)
    desk.post(brought(desk, GOOD).url, {"decision": "good"})
    after = (CountFile.objects.count(), Deed.objects.count())

    desk.post(brought(desk, GOOD).url, {"decision": "good"})

    assert (CountFile.objects.count(), Deed.objects.count()) == after


def test_a_corrected_file_of_the_same_source_takes_the_place_of_the_former(yusuf):
    desk = signed_in(yusuf)
    desk.post(brought(desk, GOOD).url, {"decision": "good"})
    corrected = brought(desk, GOOD.replace("15000", "15100")).url
    standings = {str(kind): count for kind, _name, count in desk.get(corrected).context["readings"][0]["standings"]}

    desk.post(corrected, {"decision": "good"})

    assert standings == {"changed": 1, "same": 1}
    rows = figures().counts.filter(pl.col("source") == "kpu-contoh-hasil-contoh")
    assert sorted(rows["users"]) == [5100, 15100]


def test_faulty_cells_are_all_named_and_good_rows_kept_by_choice(yusuf):
    desk = signed_in(yusuf)
    faulty = GOOD + "99.99.99.9999,10,5\n64.71.06.1002,sepuluh,5\n"
    address = brought(desk, faulty).url
    page = desk.get(address).content.decode()

    assert "99.99.99.9999" in page
    assert "sepuluh" in page
    assert desk.post(address, {"decision": "all"}).status_code == 422
    assert not CountFile.objects.filter(name="hasil.csv").exists()
    desk.post(address, {"decision": "good"})
    assert CountFile.objects.get(name="hasil.csv").row_count == 2


def test_the_faulty_rows_are_carried_away_with_what_is_wrong(yusuf):
    desk = signed_in(yusuf)
    address = brought(desk, GOOD + "99.99.99.9999,10,5\n").url

    sheet = desk.get(f"{address}kekeliruan.csv").content.decode()

    assert "99.99.99.9999" in sheet
    assert "64.71.05.1002" not in sheet


@pytest.mark.parametrize(
    ("name", "content"), [("hasil.exe", b"MZ"), ("hasil.csv", b"\x00\xff\x00\x01" * 50), ("hasil.xlsx", b"no workbook")]
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(yusuf, name, content):
    desk = signed_in(yusuf)
    answer = brought(desk, content, name=name)
    if answer.status_code == 302:
        answer = desk.get(answer.url)

    assert answer.status_code in {200, 422}
    assert b"Traceback" not in answer.content
    assert "row_count" not in (answer.context or {})


def test_only_those_who_may_bring_counts_in_and_only_their_office_takes_them_back(yusuf, rani, citra, stranger):
    assert signed_in(stranger).get("/data/impor/").status_code == 403
    assert Client().get("/data/impor/").status_code == 302
    desk = signed_in(yusuf)
    receipt = desk.post(brought(desk, GOOD).url, {"decision": "good"}).url

    assert signed_in(citra).post(f"{receipt}berlaku/", {"to": "out"}).status_code == 403
    assert signed_in(rani).post(f"{receipt}berlaku/", {"to": "out"}).status_code == 302


def test_a_file_laid_aside_is_seen_by_whoever_brought_it_only(yusuf, rani):
    address = brought(signed_in(yusuf), GOOD).url

    assert signed_in(rani).get(address).status_code == 404


@pytest.mark.skipif(not REAL.exists(), reason="needs the real counts by TPS, which are not part of the project")
def test_the_real_file_of_february_2024_is_taken_well(yusuf):
    desk = signed_in(yusuf)
    said = {
        "election": "pilpres-2024",
        "publisher": "KPU (Sirekap)",
        "title": "Sirekap per TPS",
        "kind": "volunteer_count",
    }
    address = brought(desk, REAL.read_bytes(), name="tps.csv", **said).url

    page = desk.get(address)
    desk.post(address, {"decision": "good"})

    assert page.context["row_count"] == 2047
    assert any(rule["row_count"] > 50 for rule in page.context["readings"][0]["rules"])
    assert desk.get("/beranda/64.71/").status_code == 200
    assert desk.get("/partisipasi/64.71/prakiraan/").status_code == 200


def test_two_readings_of_one_file_are_said_to_be_two_imports(yusuf):
    desk = signed_in(yusuf)
    two = "kode_kel,tps,dpt_l,dpt_p,pengguna_kpu,pengguna_kp\n6471011001,1,120,130,200,201\n"

    answer = desk.post(brought(desk, two).url, {"decision": "good"}, follow=True)

    assert answer.redirect_chain[-1][0] == "/data/impor/"
    assert CountFile.objects.filter(name="hasil.csv").count() == 2
    assert "hasil.csv" in " ".join(str(message) for message in answer.context["messages"])

import datetime

import pytest
from django.conf import settings
from django.test import Client

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
CITY = "/partisipasi/64.71/"


@pytest.fixture
def desk(rani):
    client = Client()
    client.force_login(rani, backend=BACKEND)
    return client


def test_the_home_page_says_chance_and_missing_voters(desk):
    page = desk.get("/beranda/64.71/").content.decode()

    assert "Pilwali Balikpapan 2031" in page
    assert "75%" in page
    assert "520.986" in page


def test_the_history_shows_every_denominator_with_its_contradictions(desk):
    on_dpt = desk.get(CITY).content.decode()
    on_all = desk.get(CITY, {"basis": "users_of_all_lists"}).content.decode()

    assert "60,1%" in on_dpt  # 266,536 / 443,243
    assert "59,4%" in on_all  # 266,536 / 449,065
    assert "▲" in on_dpt


def test_the_area_table_is_sought_filtered_and_sorted_by_its_address(desk):
    answer = desk.get(CITY, {"district": "Balikpapan Selatan", "sort": "-share"})
    shares = [row["share"] for row in answer.context["areas"]]

    assert len(shares) == 7
    assert shares == sorted(shares, reverse=True)
    assert [row["name"] for row in desk.get(CITY, {"q": "klandasan u"}).context["areas"]] == ["Klandasan Ulu"]


def test_an_area_without_a_match_says_what_to_do(desk):
    assert desk.get(CITY, {"q": "nowhere"}).context["areas"] == []


def test_an_election_page_shows_parts_rivals_and_checks(desk):
    page = desk.get(f"{CITY}pemilihan/pilwali-2020/").content.decode()

    for figure in ("266.536", "443.243", "449.065", "59,48"):
        assert figure in page


def test_an_election_to_come_points_to_its_forecast(desk):
    page = desk.get(f"{CITY}pemilihan/pilwali-2031/").content.decode()

    assert "/prakiraan/?election=pilwali-2031" in page


def test_the_story_of_2022_stands_beside_what_happened(desk):
    page = desk.get(f"{CITY}uji-mundur/").content.decode()

    assert "22 November 2022" in page
    assert "78,6%" in page
    assert "60,5%" in page


def test_where_a_number_is_from_shows_source_reason_and_rivals(desk):
    page = desk.get("/data/angka/pilwali-2020/64.71/users_of_dpt/").content.decode()

    assert "266.536 ÷ 443.243 = 60,13%" in page
    assert "kaltim.prokal.co" in page
    assert "260.463" in page


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/partisipasi/99.99/", 422),
        ("/partisipasi/64.71/pemilihan/pilwali-1999/", 404),
        ("/data/angka/pilwali-1999/64.71/users/", 422),
        ("/data/angka/pilwali-2020/64.71/no-such-column/", 422),
        ("/partisipasi/64.71/gambar/nothing.json", 404),
        ("/partisipasi/64.71/unduh/wilayah.exe", 404),
        ("/partisipasi/64.71/target/999/", 404),
    ],
)
def test_what_is_not_there_is_said_and_never_a_traceback(desk, address, status):
    answer = desk.get(address)

    assert answer.status_code == status
    assert b"Traceback" not in answer.content


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"target": "0.75"}, "75"),
        ({"target": "750"}, "750"),
        ({"target": "tujuh"}, "tujuh"),
        ({"electorate": "-5"}, "-5"),
        ({"election": "pilwali-1999"}, "pilwali-1999"),
    ],
)
def test_a_wrong_question_is_answered_beside_its_field(desk, wrong, said):
    answer = desk.get(f"{CITY}prakiraan/", wrong)

    assert answer.status_code == 200
    assert said in " ".join(str(fault) for faults in answer.context["form"].errors.values() for fault in faults)
    assert "answer" not in answer.context


def test_a_target_is_understood_in_both_ways_of_writing(desk):
    for text in ("77,5", "77.5", " 77,5 % "):
        assert desk.get(f"{CITY}prakiraan/", {"target": text}).context["record"]["target_share"] == 0.775


def test_a_ceiling_below_the_target_says_what_can_be_reached(desk):
    answer = desk.get(f"{CITY}prakiraan/", {"target": "90", "ceiling": "80"})

    assert answer.status_code == 422
    assert b"80%" in answer.content


def test_targets_of_the_areas_make_the_target_of_the_city(desk):
    record = desk.get(f"{CITY}prakiraan/", {"target": "75"}).context["record"]
    people = sum(area["target_share"] * area["electorate"] for area in record["areas"])

    assert sum(area["electorate"] for area in record["areas"]) == record["electorate"]
    assert people == pytest.approx(0.75 * record["electorate"])


def test_a_list_of_another_size_changes_people_not_shares(desk):
    latest = desk.get(f"{CITY}prakiraan/").context["record"]
    larger = desk.get(f"{CITY}prakiraan/", {"electorate": "600.000"}).context["record"]

    assert larger["electorate"] == 600_000
    assert larger["median_share"] == pytest.approx(latest["median_share"], abs=0.01)


@pytest.mark.parametrize("name", ["history", "invalid", "outlook", "missing-map", "areas", "backtest"])
def test_every_picture_is_a_described_specification(desk, name):
    spec = desk.get(f"{CITY}gambar/{name}.json").json()

    assert spec["description"]
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert "http" not in str({key: value for key, value in spec.items() if key != "$schema"})


@pytest.mark.parametrize(
    ("address", "start"),
    [
        (f"{CITY}unduh/wilayah.csv", b"\xef\xbb\xbfcode,name,district"),
        (f"{CITY}unduh/wilayah.xlsx", b"PK"),
        (f"{CITY}unduh/riwayat.csv", b"\xef\xbb\xbfname,held_on"),
        (f"{CITY}unduh/target.xlsx", b"PK"),
        (f"{CITY}ringkasan.pdf", b"%PDF"),
        (f"{CITY}ringkasan.xlsx", b"PK"),
    ],
)
def test_what_is_on_the_page_can_be_carried_away(desk, address, start):
    answer = desk.get(address)

    assert answer.status_code == 200
    assert answer.content.startswith(start)
    assert "attachment" in answer["Content-Disposition"]


def test_a_download_holds_the_rows_that_the_page_shows(desk):
    lines = desk.get(f"{CITY}unduh/wilayah.csv", {"district": "Balikpapan Timur"}).content.decode().splitlines()

    assert len(lines) == 1 + 4


def test_the_search_finds_places_and_elections(desk):
    assert desk.get("/cari/", {"q": "Klandasan Ulu"}).url == "/partisipasi/64.71.06.1003/"
    assert len(desk.get("/cari/", {"q": "pilwali"}).context["found"]) > 2
    assert desk.get("/cari/", {"q": "xyz"}).context["found"] == []


@pytest.mark.parametrize(
    "address",
    [
        "/beranda/64.71/",
        CITY,
        "/partisipasi/64.71.05/",
        "/partisipasi/64.71.05.1002/",
        f"{CITY}prakiraan/",
        f"{CITY}uji-mundur/",
        "/data/",
    ],
)
def test_a_page_asks_the_database_a_few_things_however_many_rows_it_shows(desk, address, django_assert_max_num_queries):
    desk.get(address)
    with django_assert_max_num_queries(12):
        desk.get(address)


def test_the_languages_are_chosen_on_the_page(desk):
    desk.post("/bahasa/", {"language": "en", "next": "/beranda/64.71/"})
    english = desk.get("/beranda/64.71/").content.decode()
    desk.post("/bahasa/", {"language": "id", "next": "/beranda/64.71/"})
    indonesian = desk.get("/beranda/64.71/").content.decode()

    assert '<html lang="en">' in english
    assert "What to do next" in english
    assert "520,986" in english
    assert '<html lang="id">' in indonesian
    assert "What to do next" not in indonesian


def test_nothing_is_loaded_from_another_machine(desk):
    policy = desk.get("/beranda/64.71/")["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "http" not in policy


def test_a_page_of_a_place_with_nothing_counted_says_what_comes_here(desk):
    answer = desk.get("/partisipasi/00/")

    assert answer.status_code == 200
    assert answer.context["past"] == []


def test_dates_are_written_in_words(desk):
    assert "27 November 2024" in desk.get(CITY).content.decode()
    assert datetime.date(2024, 11, 27).isoformat() not in desk.get(CITY).content.decode()


def test_targets_that_were_stated_then_stand_beside_the_results(desk):
    page = desk.get(CITY).content.decode()

    assert "77.5" in page or "77,5" in page
    assert "75-80" in page


def test_a_place_is_chosen_from_above_and_from_below(desk):
    places = [choice.code for choice in desk.get("/partisipasi/64.71.05/").context["place_choices"]]

    assert {"00", "64", "64.71", "64.71.01", "64.71.05", "64.71.05.1002"} <= set(places)
    assert desk.get("/tempat/", {"region": "64.71.01"}).url == "/partisipasi/64.71.01/"


def test_an_area_says_what_is_expected_there_and_what_its_target_is(desk):
    ward = desk.get("/partisipasi/64.71.05.1002/").context["outlook"]
    district = desk.get("/partisipasi/64.71.05/").context["outlook"]

    assert 0 < ward["median"] < ward["target_share"] < 1
    assert ward["electorate"] < district["electorate"]


def test_what_is_asked_first_is_worked_out_ahead(db, django_assert_max_num_queries):
    from bilik.turnout.web.ahead import work_ahead

    work_ahead("64.71")
    with django_assert_max_num_queries(40):
        work_ahead("64.71")

import pytest
from small_city import CITY, PAST, WARDS, counted, published, small_city

from bilik.elections.denominators import Denominator
from bilik.elections.files import shipped_figures
from bilik.regions.hierarchy import UnknownRegionError
from bilik.turnout.errors import UnknownLevelError
from bilik.turnout.history import Basis, area_history, history
from bilik.turnout.kinds import TurnoutKind
from bilik.turnout.naive import Naive
from bilik.turnout.targets import SplitRule


def of(figures, denominator=Denominator.USERS_OF_DPT):
    return {
        row["election"]: row for row in history(figures, region=CITY, denominator=denominator).iter_rows(named=True)
    }


def test_history_divides_the_counted_parts_of_the_basis():
    figures = small_city(counted("mayor-2020", 266_536, 443_243, all_lists=449_065, valid=257_571, invalid=8_965))

    on_list, on_all = of(figures)["mayor-2020"], of(figures, Denominator.USERS_OF_ALL_LISTS)["mayor-2020"]

    assert on_list["share"] == pytest.approx(266_536 / 443_243)
    assert on_all["share"] == pytest.approx(266_536 / 449_065)
    assert on_list["invalid_share"] == pytest.approx(8_965 / (257_571 + 8_965))
    assert (on_list["basis"], on_list["on_basis"], on_list["contradicted"]) == (Basis.COUNTED, True, False)


def test_history_takes_users_from_ballots_where_nobody_states_them():
    figures = small_city({"election": "mayor-2020", "dpt": 1_000, "valid": 560, "invalid": 40})

    assert of(figures)["mayor-2020"]["share"] == pytest.approx((560 + 40) / 1_000)


@pytest.mark.parametrize(
    ("stated", "basis", "on_basis"),
    [
        ("users_of_dpt", Basis.PUBLISHED, True),
        (None, Basis.UNSTATED, False),
        ("users_of_all_lists", Basis.OTHER, False),
    ],
)
def test_history_says_what_a_published_percentage_is_of(stated, basis, on_basis):
    row = of(small_city(published("mayor-2020", 59.4, denominator=stated)))["mayor-2020"]

    assert row["share"] == pytest.approx(0.594)
    assert (row["basis"], row["on_basis"]) == (basis, on_basis)


def test_history_prefers_a_percentage_on_the_basis_to_one_on_another():
    figures = small_city(
        published("mayor-2020", 59.4, denominator="users_of_all_lists"),
        published("mayor-2020", 60.1, source="paper", denominator="users_of_dpt"),
    )

    assert of(figures)["mayor-2020"]["share"] == pytest.approx(0.601)


def test_history_shows_what_rivals_say_and_ignores_what_rounding_explains():
    figures = small_city(
        published("mayor-2015", 59.11, 2, source="record"),
        published("mayor-2015", 60.34, 2, source="paper"),
        published("mayor-2015", 53, 0, source="other-paper"),
        published("mayor-2010", 56.3, 1, source="record"),
        published("mayor-2010", 56, 0, source="paper"),
    )

    later, earlier = of(figures)["mayor-2015"], of(figures)["mayor-2010"]

    assert (later["share_low"], later["share_high"]) == pytest.approx((0.53, 0.6034))
    assert later["rival_distance"] == pytest.approx(0.6034 - 0.5911)  # half of the two rivals lie within it
    assert later["contradicted"]
    assert not earlier["contradicted"]


def test_a_decision_with_a_reason_settles_a_counted_part():
    rows = (counted("mayor-2018", 6_500, 10_000), counted("mayor-2018", 6_500, 10_500, source="paper"))
    decision = ("mayor-2018", CITY, "dpt", "record", "Ketetapan KPU.", "Set by KPU.")

    open_row, settled = (of(small_city(*rows, accepted=kept))["mayor-2018"] for kept in ((), (decision,)))

    assert open_row["rival_distance"] == pytest.approx(0.65 - 6_500 / 10_500)
    assert settled["rival_distance"] is None
    assert settled["share_low"] == pytest.approx(6_500 / 10_500)


def test_a_withheld_figure_makes_no_history():
    figures = small_city(
        published("mayor-2020", 65, 0), accepted=(("mayor-2020", CITY, "published_percent", "", "-", "Not official."),)
    )

    assert of(figures) == {}


def test_an_election_to_come_has_no_row():
    assert "mayor-2031" not in of(small_city(*PAST, {"election": "mayor-2031", "dpt": 11_000}))


def test_area_history_shows_complete_counts_only():
    table = area_history(small_city(*PAST), region=CITY, denominator=Denominator.USERS_OF_DPT, level="ward")

    assert table["election"].unique().to_list() == ["president-2019"]
    assert table["region"].to_list() == list(WARDS)
    assert table["share"][0] == pytest.approx(1_900 / 2_500)


def test_unknown_places_are_named_with_a_cure():
    with pytest.raises(UnknownRegionError, match=r"code 99\.99"):
        history(small_city(*PAST), region="99.99", denominator=Denominator.USERS_OF_DPT)
    with pytest.raises(UnknownLevelError, match=r"level province below 11\.01.*district, ward"):
        area_history(small_city(*PAST), region=CITY, denominator=Denominator.USERS_OF_DPT, level="province")


def test_the_pilot_city_stands_as_its_record_says():
    rows = {
        row["election"]: row
        for row in history(shipped_figures(), region="64.71", denominator=Denominator.USERS_OF_DPT).iter_rows(
            named=True
        )
    }

    assert rows["pilwali-2020"]["share"] == pytest.approx(266_536 / 443_243)
    assert rows["pilwali-2024"]["share"] == pytest.approx(315_424 / 520_986)
    assert rows["pilwali-2024"]["invalid_share"] == pytest.approx(16_278 / (299_145 + 16_278))
    assert rows["pilpres-2024"]["share"] == pytest.approx(0.7863)
    assert rows["pilpres-2024"]["basis"] == Basis.UNSTATED
    assert rows["pilgub-2024"]["share"] is None


def test_voters_on_the_list_who_voted_are_a_basis_of_their_own():
    figures = small_city({"election": "mayor-2020", "dpt": 1_000, "users": 600, "users_dpt": 580})

    assert of(figures, Denominator.DPT_USERS_OF_DPT)["mayor-2020"]["share"] == pytest.approx(0.58)


@pytest.mark.parametrize("words", [Basis, TurnoutKind, Naive, SplitRule])
def test_every_choice_is_said_in_words(words):
    labels = [word.label for word in words]

    assert len(set(labels)) == len(labels)
    assert all(" " in label for label in labels)

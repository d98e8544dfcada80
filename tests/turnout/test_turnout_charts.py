from typing import Any

import numpy as np
import polars as pl
import pytest
from made_up_brief import AREAS, BOUNDARIES, INTERVAL, OF_MAYORS, PAST, RECORDS, TILES

from bilik.foundation.charts import Chart, picture, specification
from bilik.foundation.language import ENGLISH, INDONESIAN
from bilik.turnout import charts
from bilik.turnout.charts.areas import area_lines
from bilik.turnout.charts.axes import share_domain
from bilik.turnout.charts.intervals import label_rows
from bilik.turnout.charts.maps import class_bounds, district_edges, tile_words

BINS = charts.distribution_bins(np.linspace(0.5, 0.76, 1000), 0.75)
CLASSIFIED = charts.classified(AREAS, "missing", ENGLISH)
DRAWN: dict[str, Chart] = {
    "interval": charts.interval_bar(INTERVAL, OF_MAYORS, ENGLISH, target=0.75),
    "distribution": charts.distribution(BINS, INTERVAL, OF_MAYORS, ENGLISH, target=0.75),
    "history": charts.history(PAST, ENGLISH, target=0.75),
    "invalid": charts.invalid_history(PAST, ENGLISH),
    "backtest": charts.backtest(charts.with_guesses(RECORDS, PAST), ENGLISH),
    "areas": charts.area_intervals(AREAS, ENGLISH),
    "area_history": charts.area_history(PAST.tail(2), PAST, ENGLISH, names=("Damai", "Kota Contoh"), target=0.75),
    "tiles": charts.tile_map(CLASSIFIED.join(TILES, on="code"), "missing", ENGLISH, title="Missing"),
    "boundaries": charts.boundary_map(CLASSIFIED, "missing", ENGLISH, title="Missing"),
}


def layers(written: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = written.get("layer", [written])
    return found


@pytest.mark.parametrize("name", DRAWN)
def test_every_chart_fits_its_container_and_says_what_it_shows(name: str) -> None:
    written = specification(DRAWN[name], ENGLISH)

    assert written["width"] == "container"
    assert len(written["description"]) > 20


@pytest.mark.parametrize("name", DRAWN)
def test_every_chart_can_be_drawn(name: str) -> None:
    drawn = picture(DRAWN[name], INDONESIAN, datasets={charts.BOUNDARIES: BOUNDARIES}).svg

    assert drawn.startswith("<svg")
    assert "NaN" not in drawn
    assert "undefined" not in drawn


@pytest.mark.parametrize(
    "chart",
    [
        charts.history(PAST.clear(), ENGLISH),
        charts.invalid_history(PAST.clear(), ENGLISH),
        charts.distribution(BINS, INTERVAL, PAST.clear(), ENGLISH, target=0.75),
        charts.backtest(charts.with_guesses(RECORDS.clear(), PAST), ENGLISH),
        charts.area_history(PAST.clear(), PAST, ENGLISH, names=("Damai", "Kota Contoh")),
        charts.area_intervals(AREAS.head(1), ENGLISH),
    ],
    ids=["history", "invalid", "distribution", "backtest", "area history", "one area"],
)
def test_a_chart_of_nothing_is_empty_and_no_fault(chart: Chart) -> None:
    assert picture(chart, ENGLISH).svg.startswith("<svg")


def test_an_axis_of_shares_has_whole_steps_and_stays_inside_0_and_1() -> None:
    assert share_domain([0.61, None, 0.72]) == (0.60, 0.75)
    assert share_domain([0.001, 0.999]) == (0.0, 1.0)


def test_years_that_would_touch_stand_in_rows_going_down_to_the_right() -> None:
    assert label_rows([0.56, 0.59, 0.601, 0.605, 0.75], gap=0.04) == [0, 1, 2, 3, 0]
    assert label_rows([0.75, 0.56], gap=0.04) == [0, 0]


def test_bins_meet_the_target_and_count_every_draw_once() -> None:
    draws = np.array([0.701, 0.7499, 0.75, 0.751, 0.80])

    bins = charts.distribution_bins(draws, 0.75)

    assert bins["probability"].sum() == pytest.approx(1)
    assert bins.filter("reached")["probability"].sum() == pytest.approx(3 / 5)
    assert bins.filter(~pl.col("reached"))["high"].max() == pytest.approx(0.75)


def test_the_target_line_stands_at_the_target_and_the_label_says_it() -> None:
    written = specification(DRAWN["interval"], ENGLISH)

    assert [{"target": 0.75, "label": "Target 75%"}] in written["datasets"].values()


def test_an_election_whose_day_is_unknown_stands_in_the_year_of_its_name() -> None:
    drawn = picture(charts.interval_bar(INTERVAL, OF_MAYORS, ENGLISH, target=0.75), ENGLISH).svg

    assert ">2011<" in drawn


def test_only_contradicted_elections_have_a_pale_bar() -> None:
    written = specification(DRAWN["history"], ENGLISH)

    bars = next(rows for rows in written["datasets"].values() if "said" in rows[0])

    assert [row["name"] for row in bars] == ["Pilpres 2014", "Pilwali Contoh 2020"]


def test_simple_guesses_come_from_earlier_elections_of_the_kind_alone() -> None:
    guessed = charts.with_guesses(RECORDS, PAST)

    assert guessed["last_of_kind"].to_list() == [None, 0.56, 0.60]
    assert guessed["mean_of_kind"].to_list() == [None, 0.56, pytest.approx((0.56 + 0.60) / 2)]


def test_lines_of_areas_are_headed_by_their_district_and_tell_namesakes_apart() -> None:
    lines = area_lines(AREAS)["line"].to_list()

    assert lines[:2] == ["CONTOH TIMUR", "Damai (Contoh Timur)"]
    assert lines[4] == "CONTOH KOTA"
    assert lines[-1] == "Damai (Contoh Kota)"


def test_classes_are_counted_and_a_gap_is_a_class_of_its_own() -> None:
    values = pl.DataFrame({"missing": [10, 20, 30, 40, 50, None]})

    classed = charts.classified(values, "missing", INDONESIAN)

    assert classed["class_label"].to_list()[0] == "< 18 (1)"
    assert classed["class_label"].to_list()[4] == "≥ 42 (1)"
    assert classed["class_label"].to_list()[5].endswith("(1)")
    assert classed["class_index"].to_list() == [0, 1, 2, 3, 4, None]


@pytest.mark.parametrize(
    ("values", "bounds"), [([], []), ([5, 5, 5], []), ([1, 2], [1.2, 1.4, 1.6, 1.8]), ([None], [])]
)
def test_few_or_equal_values_need_fewer_classes(values: list[float | None], bounds: list[float]) -> None:
    assert class_bounds(values) == bounds


def test_edges_run_around_districts_and_not_between_tiles_of_one() -> None:
    tiles = pl.DataFrame({"column": [0, 1, 2], "row": [0, 0, 0], "district": ["A", "A", "B"]})

    edges = set(district_edges(tiles).rows())

    assert (1, 0, 1, 1) not in edges
    assert (2, 0, 2, 1) in edges
    assert len(edges) == 3 + 2 * 3


@pytest.mark.parametrize(
    ("name", "words"),
    [("Damai", "Damai"), ("Sepinggan", "Seping-|gan"), ("Gunung Samarinda Baru", "Gunung|Samar.|Baru")],
)
def test_a_tile_shows_a_name_word_by_word(name: str, words: str) -> None:
    assert tile_words(name) == words


@pytest.mark.parametrize("name", ["tiles", "boundaries"])
def test_a_map_answers_a_click_and_shows_what_the_page_highlights(name: str) -> None:
    params = {param["name"]: param for param in specification(DRAWN[name], ENGLISH)["params"]}

    assert params["area"]["select"] == {"type": "point", "fields": ["code"], "toggle": False}
    assert params["highlight"]["value"] == ""


def test_boundaries_are_named_and_not_copied_into_the_chart() -> None:
    written = specification(DRAWN["boundaries"], ENGLISH)

    assert layers(written)[0]["data"]["name"] == charts.BOUNDARIES
    assert charts.BOUNDARIES not in written["datasets"]

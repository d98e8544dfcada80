"""Somebody's counts taken in, and held against what is in force."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilik.elections.acceptance import accepted
from bilik.elections.checks import sentence
from bilik.elections.elections import Election, ElectionKind, Regime
from bilik.elections.figures import ACCEPTANCE_SCHEMA, COUNT_SCHEMA, REGION_SCHEMA, SOURCE_SCHEMA, Figures
from bilik.elections.files import shipped_figures
from bilik.elections.intake import (
    Intake,
    NoFiguresError,
    Standing,
    Weighed,
    fault_sheet,
    intake,
    latest,
    quarantine_sheet,
    rows_to_keep,
    weigh,
)
from bilik.elections.mapping import proposed_mapping, proposed_mappings
from bilik.foundation.errors import SeveralErrors
from bilik.foundation.files import MissingColumnError, read_frame
from bilik.foundation.language import ENGLISH, INDONESIAN

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
SIREKAP = SHARED / "pilpres2024_sirekap_gigit/balikpapan_pilpres2024_tps.csv"
KAWAL = SHARED / "pilpres2019_kawalpemilu/balikpapan_pilpres2019_tps.csv"
shared = pytest.mark.skipif(not SIREKAP.exists(), reason="the shared files are not on this machine")
WARDS = ("11.01.01.1001", "11.01.01.1002")
REGIONS = pl.DataFrame(
    [
        ("11.01", "Town", "city", "11", None, None),
        ("11.01.01", "District", "district", "11.01", None, None),
        *((code, f"Ward {code[-1]}", "ward", "11.01.01", None, None) for code in WARDS),
    ],
    REGION_SCHEMA,
    orient="row",
)
MAYOR = Election(
    slug="mayor-2024",
    name="Mayor",
    kind=ElectionKind.MAYOR,
    regime=Regime.PEMILIHAN,
    region="11.01",
    held_on=dt.date(2024, 11, 27),
    station_size_limit=300,
)


def table(text: str) -> pl.DataFrame:
    return pl.read_csv(text.encode(), infer_schema=False)


def taken(frame: pl.DataFrame, source: str = "kpu") -> Intake:
    return intake(
        frame,
        file="f.csv",
        mapping=proposed_mapping(frame.columns),
        election=MAYOR.slug,
        source=source,
        regions=REGIONS,
    )


def town(*counts: pl.DataFrame) -> Figures:
    return Figures(
        regions=REGIONS,
        elections=(MAYOR,),
        sources=pl.DataFrame(schema=SOURCE_SCHEMA),
        counts=latest(counts),
        acceptances=pl.DataFrame(schema=ACCEPTANCE_SCHEMA),
    )


def after(figures: Figures, weighed: Weighed, *, good_only: bool = True) -> Figures:
    return replace(figures, counts=latest([figures.counts, rows_to_keep(weighed, good_only=good_only)]))


FAULTY = table(
    "kode,tps,dpt_l,dpt_p,pengguna,persen\n"
    "1101011001,1,100,110,150,71.4\n"
    "1101011001,002,1.204,90,x,\n"
    "1101011001,3,-5,90,80,120\n"
    "Manggar,4,1,1,1,\n"
    "11.01.01.1009,5,1,1,1,\n"
    ",6,1,1,1,\n"
    "11.01.01.1002,7,50,60,70,\n"
    "11.01.01.1002,TPS 007,50,60,80,\n"
)


def test_all_faults_are_found_at_once_and_no_row_is_lost() -> None:
    found = taken(FAULTY)

    assert found.counts.select("file_row", "region", "station", "dpt", "users", "published_digits").rows() == [
        (2, "11.01.01.1001", "1", 210, 150, 1)  # DPT from men and women
    ]
    assert found.faults.select("file_row", "kind", "column", "found").rows() == [
        (3, "number", "dpt_l", "1.204"),
        (3, "number", "pengguna", "x"),
        (4, "number", "dpt_l", "-5"),
        (4, "percent", "persen", "120"),
        (5, "code", "kode", "Manggar"),
        (6, "region", "kode", "11.01.01.1009"),
        (7, "gap", "kode", None),
        (8, "repeat", "kode", "11.01.01.1002 TPS 7"),
        (9, "repeat", "kode", "11.01.01.1002 TPS 7"),
    ]
    assert found.set_apart["file_row"].to_list() == [3, 4, 5, 6, 7, 8, 9]
    assert found.set_apart.drop("file_row").equals(FAULTY.slice(1))


def test_each_fault_says_where_what_was_wanted_and_how_to_mend_it() -> None:
    errors = taken(FAULTY).errors()

    assert len(errors) == 9
    for language in (ENGLISH, INDONESIAN):
        said = [error.text(language.translate) for error in errors]
        assert all("f.csv" in sentence and "{" not in sentence for sentence in said)
    assert [error.facts["row"] for error in errors if error.facts["column"] == "pengguna"] == [3]


def test_the_sheet_of_faults_has_the_rows_as_they_stand_and_what_is_wrong() -> None:
    sheet = fault_sheet(taken(FAULTY), FAULTY, ENGLISH)

    assert sheet.columns == ["Row of the file", *FAULTY.columns, "What is wrong and how to mend it"]
    assert sheet["Row of the file"].to_list() == [3, 4, 5, 6, 7, 8, 9]
    assert sheet["tps"].to_list() == ["002", "3", "4", "5", "6", "7", "TPS 007"]
    first = sheet["What is wrong and how to mend it"][0].splitlines()
    assert len(first) == 2
    assert '"1.204"' in first[0]


def test_many_faults_of_one_kind_are_told_in_part_and_all_are_in_the_sheet() -> None:
    frame = pl.DataFrame({"kode": ["?"] * 50, "sah": ["1"] * 50})
    found = taken(frame)

    assert len(found.errors()) == 21
    assert "30" in str(found.errors()[-1])
    assert fault_sheet(found, frame, ENGLISH).height == 50


def test_a_total_is_kept_where_it_is_stated_and_added_up_where_it_is_not() -> None:
    frame = table("kode,dpt_l,dpt_p,dpt_j\n11.01.01,1,2,4\n11.01.01.1001,1,2,\n11.01.01.1002,1,,\n")

    assert taken(frame).counts["dpt"].to_list() == [4, 3, None]


def test_a_roll_is_added_up_from_men_and_women_and_its_total_read_where_one_is_missing() -> None:
    frame = table("kode,pengguna_dptb_l,pengguna_dptb_p,pengguna_dptb_j\n11.01.01.1001,1,2,9\n11.01.01.1002,1,,5\n")

    assert taken(frame).counts["users_dptb"].to_list() == [3, 5]


def test_a_row_of_another_election_is_a_fault() -> None:
    frame = table("kode,pemilu,sah\n11.01.01.1001,Mayor 2024,1\n11.01.01.1002,mayor-2020,1\n")

    assert taken(frame).faults.select("file_row", "kind", "found").rows() == [(3, "election", "mayor-2020")]


def test_a_file_without_codes_or_without_figures_is_refused() -> None:
    with pytest.raises(MissingColumnError, match="region"):
        taken(table("nama,sah\nManggar,1\n"))
    with pytest.raises(NoFiguresError, match="suara_01"):
        taken(table("kode,suara_01\n11.01,1\n"))


def test_a_remembered_mapping_that_does_not_fit_names_every_missing_column() -> None:
    mapping = proposed_mapping(["kode", "sah", "tidak_sah"])

    with pytest.raises(SeveralErrors) as caught:
        intake(table("kode,x\n11.01,1\n"), file="f.csv", mapping=mapping, election="e", source="s", regions=REGIONS)

    assert len(caught.value.errors) == 2


def test_rows_are_new_the_same_changed_contradicted_or_quarantined() -> None:
    before = taken(table("kode,dpt,pengguna\n11.01.01,1001,661\n11.01.01.1001,100,60\n"))
    rival = taken(table("kode,dpt\n11.01.01.1002,900\n"), "paper")
    figures = town(before.counts.drop("file_row"), rival.counts.drop("file_row"))
    frame = table(
        "kode,tps,dpt,pengguna\n"
        "11.01.01,,1001,661\n"  # as before
        "11.01.01.1001,,100,61\n"  # one more
        "11.01.01.1002,,901,600\n"  # the paper says 900
        "11.01.01.1002,1,90,80\n"
        "11.01.01.1002,2,650,778\n"
    )

    found = weigh(taken(frame), figures)

    assert found.rows["standing"].to_list() == ["same", "changed", "contradicted", "added", "quarantined"]
    assert found.standings() == dict.fromkeys(Standing, 1)
    assert found.rules().rows() == [("station_size", 1), ("users_within_list", 1)]
    example = found.examples("station_size")[0]
    assert example["file_row"] == 6
    assert sentence(example, ENGLISH) == "The polling station has 650 voters on its DPT, the limit is 300."
    sheet = quarantine_sheet(found, frame, ENGLISH)
    assert sheet["Row of the file"].to_list() == [6]
    assert "778" in sheet["What is wrong and how to mend it"][0]


def test_printed_percentages_contradict_only_beyond_their_rounding() -> None:
    rival = taken(table("kode,persen\n11.01,78.6\n"), "paper").counts.drop("file_row")

    for printed, standing in (("78.63", "added"), ("78.7", "added"), ("79.1", "contradicted")):
        found = weigh(taken(table(f"kode,persen\n11.01,{printed}\n")), town(rival))
        assert found.rows["standing"].to_list() == [standing]


def test_all_or_nothing_names_every_fault_and_good_rows_only_leaves_them_out() -> None:
    weighed = weigh(taken(FAULTY), town())

    with pytest.raises(SeveralErrors) as caught:
        rows_to_keep(weighed, good_only=False)

    assert len(caught.value.errors) == 9
    kept = rows_to_keep(weighed, good_only=True)
    assert kept.schema == pl.Schema(COUNT_SCHEMA)
    assert kept["station"].to_list() == ["1"]


def test_a_quarantined_row_is_kept_and_never_accepted() -> None:
    weighed = weigh(taken(table("kode,dpt,users_dpt\n11.01.01.1001,100,150\n11.01.01.1002,100,60\n")), town())

    figures = after(town(), weighed, good_only=False)

    assert figures.counts.height == 2
    assert accepted(figures)["region"].to_list() == ["11.01.01.1002"]


def test_a_later_row_of_the_same_source_takes_the_place_of_the_former() -> None:
    first = taken(table("kode,sah\n11.01.01.1001,1\n11.01.01.1002,2\n")).counts.drop("file_row")
    second = taken(table("kode,sah\n11.01.01.1002,3\n")).counts.drop("file_row")
    other = taken(table("kode,sah\n11.01.01.1002,4\n"), "paper").counts.drop("file_row")

    assert latest([first, second, other]).select("source", "valid").rows() == [("kpu", 1), ("kpu", 3), ("paper", 4)]
    assert latest([first]).equals(first)


CELL = st.sampled_from(["", "0", "7", "60", "100", "400", "-1", "x"])
ROW = st.tuples(st.sampled_from([*WARDS, "1101011001", "11.01", "?", ""]), st.sampled_from(["", "1", "2"]), CELL, CELL)


def frame_of(rows: list[tuple[str, ...]]) -> pl.DataFrame:
    schema = dict.fromkeys(("kode", "tps", "dpt", "pengguna"), pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(pl.all().replace("", None))


@settings(deadline=None, max_examples=30)
@given(st.lists(ROW, min_size=1, max_size=8), st.randoms())
def test_the_order_of_the_rows_does_not_matter(rows: list[tuple[str, ...]], chance: object) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = weigh(taken(frame_of(rows)), town()), weigh(taken(frame_of(shuffled)), town())

    assert one.standings() == other.standings()
    assert rows_to_keep(one, good_only=True).equals(rows_to_keep(other, good_only=True))
    assert one.intake.counts.height + one.intake.set_apart.height == len(rows)


@settings(deadline=None, max_examples=30)
@given(st.lists(ROW, min_size=1, max_size=8))
def test_the_same_file_twice_changes_nothing(rows: list[tuple[str, ...]]) -> None:
    found = taken(frame_of(rows))
    figures = after(town(), weigh(found, town()))

    again = weigh(found, figures)

    assert again.standings()[Standing.SAME] == found.counts.height
    assert rows_to_keep(again, good_only=True).is_empty()


@shared
def test_the_file_of_2024_gives_all_stations_and_quarantines_what_machines_misread() -> None:
    frame, figures = read_frame(SIREKAP), shipped_figures()
    found = intake(
        frame,
        file=SIREKAP.name,
        mapping=proposed_mapping(frame.columns),
        election="pilpres-2024",
        source="x",
        regions=figures.regions,
    )
    weighed = weigh(found, figures)
    rows = weighed.rows.with_columns(frame.select("mutu", "dpt_l", "pengguna_j"))

    assert rows.height == 2_047
    assert found.faults.is_empty()
    assert rows.filter(pl.col("mutu") == "0").group_by("standing").len().rows() == [("added", 948)]
    garbage = rows.filter((pl.col("dpt_male") == 650) | (pl.col("users") == 778))
    assert garbage.height >= 2
    assert set(garbage["standing"]) == {"quarantined"}
    reasons = weighed.failures.filter(pl.col("file_row").is_in(garbage["file_row"].to_list()))
    assert set(reasons["rule"]) >= {"sexes_sum", "users_within_list"}
    assert weighed.standings()[Standing.QUARANTINED] == 133


@shared
def test_the_file_of_2019_gives_two_rival_sources() -> None:
    frame, figures = read_frame(KAWAL), shipped_figures()
    found = [
        intake(
            frame,
            file=KAWAL.name,
            mapping=mapping,
            election="pilpres-2019",
            source=mapping.reading,
            regions=figures.regions,
        )
        for mapping in proposed_mappings(frame.columns)
    ]

    assert [one.counts.height for one in found] == [2_055, 2_055]
    users = pl.DataFrame({one.source: one.counts["users"] for one in found})
    assert users.filter(pl.col("kpu") != pl.col("kp")).height > 20
    both = replace(figures, counts=latest([figures.counts, *(one.counts.drop("file_row") for one in found)]))
    assert both.counts.height == figures.counts.height + 2 * 2_055

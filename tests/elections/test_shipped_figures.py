"""The shipped figures hang together, and agree with the tables they were taken from."""

import csv
from pathlib import Path

import polars as pl
import pytest

from bilik.elections.acceptance import KEY, VALUE_COLUMNS, accepted, is_partial, statements
from bilik.elections.checks import failures
from bilik.elections.coming import coming_elections
from bilik.elections.denominators import Denominator
from bilik.elections.elections import Election
from bilik.elections.figures import WHOLE_COLUMNS
from bilik.elections.files import (
    election_frame,
    elections_of,
    read_figures,
    shipped_codes,
    shipped_election_notes,
    shipped_electorates,
    shipped_figures,
    write_figures,
)
from bilik.foundation.sources import SourceKind
from bilik.regions.files import NoShippedRegionError

SHARED = Path(__file__).parents[2] / "../shared"
FACTS = SHARED / "facts/balikpapan"
STATIONS = SHARED / "data/pilpres2024_sirekap_gigit/balikpapan_pilpres2024_tps.csv"
FIGURES = shipped_figures()
WARDS = pl.col("region").str.count_matches(".", literal=True) == 3


def wide(election: str, region: str) -> dict[str, object]:
    return accepted(FIGURES).filter((pl.col("election") == election) & (pl.col("region") == region)).to_dicts()[0]


def test_every_count_names_a_known_source_election_and_region() -> None:
    assert set(FIGURES.counts["source"]) <= set(FIGURES.sources["source"])
    assert set(FIGURES.counts["election"]) <= {election.slug for election in FIGURES.elections}
    assert set(FIGURES.counts["region"]) <= set(FIGURES.regions["code"])
    assert FIGURES.sources["source"].is_unique().all()
    assert set(FIGURES.sources["kind"]) <= {kind.value for kind in SourceKind}
    assert set(FIGURES.counts["denominator"].drop_nulls()) <= {basis.value for basis in Denominator}


def test_every_acceptance_names_an_existing_statement_or_withholds_one() -> None:
    known = statements(FIGURES)
    decided = FIGURES.acceptances.filter(pl.col("source") != "")
    withheld = FIGURES.acceptances.filter(pl.col("source") == "")

    assert decided.join(known, on=[*KEY, "source"], how="anti").is_empty()
    assert withheld.join(known, on=KEY, how="anti").is_empty()
    assert FIGURES.acceptances.select(KEY).is_unique().all()
    assert FIGURES.acceptances.select("reason_id", "reason_en").null_count().row(0) == (0, 0)
    assert set(FIGURES.acceptances["column"]) <= set(VALUE_COLUMNS)


def test_notes_stand_in_both_languages_or_in_none() -> None:
    for frame in (FIGURES.counts, shipped_election_notes(), shipped_electorates()):
        assert frame.filter(pl.col("note_id").is_null() != pl.col("note_en").is_null()).is_empty()


def test_2019_adds_up_from_34_kelurahan_to_the_city() -> None:
    rows = FIGURES.counts.filter((pl.col("source") == "kawalpemilu-2019") & WARDS)

    assert rows.height == 34
    assert (rows["dpt"].sum(), rows["users"].sum()) == (464_114, 370_868)
    whole = wide("pilpres-2019", "64.71")
    assert (whole["dpt"], whole["users"], whole["valid"]) == (464_114, 370_868, 365_150)


@pytest.mark.parametrize(
    ("election", "percent"),
    [("pilwali-2011", 56.31), ("pilgub-2013", 56), ("pileg-2014", 68), ("pilpres-2014", 69), ("pilwali-2015", 59.11),
     ("pilpres-2024", 78.63)],
)  # fmt: skip
def test_accepted_percentages_where_nothing_was_counted(election: str, percent: float) -> None:
    assert wide(election, "64.71")["published_percent"] == percent


def test_2020_has_three_shares_and_2018_its_list() -> None:
    row = wide("pilwali-2020", "64.71")

    assert (row["users"], row["dpt"], row["all_lists"]) == (266_536, 443_243, 449_065)
    assert wide("pilgub-2018", "64.71")["dpt"] == 414_357


def test_rows_known_to_be_wrong_fail_and_are_not_used() -> None:
    found = failures(FIGURES.counts, FIGURES.elections, regions=FIGURES.regions)
    known = set(found.select("election", "region", "source", "rule").iter_rows())

    assert ("pilwali-2020", "64.71.02", "tim-paslon-2020", "percentage") in known
    assert ("pilpres-2019", "64.71", "newskaltim-2018-08-20", "sexes_sum") in known
    assert ("pilwali-2024", "64.71", "mediakaltim-2024-12-16", "percentage") in known
    assert accepted(FIGURES).filter((pl.col("election") == "pilwali-2020") & (pl.col("region") != "64.71")).is_empty()
    assert wide("pilpres-2024", "64.71")["valid"] is None
    assert "areas_sum" not in set(found["rule"])


def test_partial_rows_are_those_of_the_incomplete_count_of_2024() -> None:
    rows = FIGURES.counts.filter(is_partial())

    assert set(rows["source"]) == {"sirekap-gigit-2024"}
    assert (rows.height, rows["stations"].sum(), rows["stations_counted"].sum()) == (34, 2_047, 948)
    assert rows["dpt"].sum() == 232_886
    assert 100 * rows["users_dpt_male"].sum() / rows["dpt_male"].sum() == pytest.approx(73.50, abs=0.005)
    assert 100 * rows["users_dpt_female"].sum() / rows["dpt_female"].sum() == pytest.approx(81.06, abs=0.005)


def test_electorates_keep_preliminary_lists_apart() -> None:
    lists = shipped_electorates()
    preliminary = lists.filter(pl.col("list") == "DPS")

    assert preliminary.filter(pl.col("region") != "64.71")["voters"].sum() == 521_133
    assert preliminary.filter(pl.col("region") == "64.71")["voters"].to_list() == [521_133]
    assert lists.filter(pl.col("as_of").dt.year() == 2019).height == 34 + 6 + 1
    assert set(lists["source"]) <= set(FIGURES.sources["source"])
    sexes = lists.drop_nulls("male")
    assert (sexes["male"] + sexes["female"] == sexes["voters"]).all()


def test_elections_are_in_order_and_the_coming_ones_have_no_day_yet() -> None:
    slugs = [election.slug for election in FIGURES.elections]
    coming = {election.slug: election for election in coming_elections("64.71")}

    assert slugs[0] == "pilwali-2011"
    assert slugs[-3:] == list(coming)
    for election in FIGURES.elections[-3:]:
        twin = coming[election.slug]
        assert (election.held_on, election.earliest_on, election.latest_on) == (None, twin.earliest_on, twin.latest_on)
        assert (election.kind, election.region) == (twin.kind, twin.region)


def test_coming_elections_stop_at_the_level_that_was_asked_for() -> None:
    assert [one.slug for one in coming_elections("00")] == ["pemilu-2029"]
    assert [one.region for one in coming_elections("32.76.01.1001")] == ["00", "32", "32.76"]


def test_figures_of_a_part_are_those_of_the_city_and_others_are_refused() -> None:
    assert shipped_codes() == ("64.71",)
    assert shipped_figures("64.71.01").counts.equals(FIGURES.counts)
    with pytest.raises(NoShippedRegionError):
        shipped_figures("64.7")


def test_writing_and_reading_again_changes_nothing(tmp_path: Path) -> None:
    write_figures(FIGURES, tmp_path / "a")
    again = read_figures(tmp_path / "a")
    write_figures(again, tmp_path / "b")

    assert again.elections == FIGURES.elections
    assert again.counts.equals(FIGURES.counts)
    assert again.acceptances.equals(FIGURES.acceptances)
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()
    assert elections_of(election_frame(FIGURES.elections)) == FIGURES.elections
    assert isinstance(FIGURES.elections[0], Election)


@pytest.mark.skipif(not FACTS.exists(), reason="the tables of published figures are not at hand")
def test_every_figure_and_address_of_the_tables_is_shipped() -> None:
    columns = {"dpt": "dpt", "tps": "stations", "voters_used": "users", "valid": "valid", "invalid": "invalid"}
    with (FACTS / "elections.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    shipped = FIGURES.counts.select("region", *WHOLE_COLUMNS, "published_percent")
    addresses = set(FIGURES.sources["url"].drop_nulls())

    for row in rows:
        here = shipped.filter(pl.col("region") == row["region_code"])
        row["tps"] = "" if row["level"] == "tps" else row["tps"]  # a station's own row has no number of stations
        for column, name in columns.items():
            assert not row[column] or int(row[column]) in here[name].to_list(), (row["election"], column)
        percent = row["turnout_pct_as_published"]
        assert not percent or float(percent) in here["published_percent"].to_list(), row["election"]
        assert row["source_url"].partition(" (")[0] in addresses, row["source_url"]


@pytest.mark.skipif(not STATIONS.exists(), reason="the table of polling stations is not at hand")
def test_partial_sums_are_those_of_the_clean_stations() -> None:
    clean = pl.read_csv(STATIONS, schema_overrides={"kode_kel": pl.String}).filter(pl.col("mutu") == 0)
    sums = clean.group_by("kode_kel").agg(
        dpt=pl.col("dpt_l").sum() + pl.col("dpt_p").sum(),
        users=pl.col("pengguna_l").sum() + pl.col("pengguna_p").sum(),
        valid=pl.col("suara_sah").sum(),
        stations_counted=pl.len().cast(pl.Int64),
    )
    rows = FIGURES.counts.filter(is_partial()).with_columns(
        kode_kel=pl.col("region").str.replace_all(".", "", literal=True)
    )

    assert rows.select(sums.columns).sort("kode_kel").equals(sums.sort("kode_kel"))

"""Regions and tile maps from files, and the names of the nation."""

import datetime as dt
from pathlib import Path

import pytest

from bilik.foundation.errors import SeveralErrors
from bilik.foundation.files import MissingFileError, UnreadableFileError
from bilik.regions.boundaries import NotGeoJsonError
from bilik.regions.codes import Level
from bilik.regions.files import (
    NoShippedRegionError,
    children_in_nation,
    named_in_nation,
    read_boundaries,
    read_regions,
    read_tiles,
    region_in_nation,
    regions_around,
    shipped_regions,
    shipped_tiles,
)
from bilik.regions.hierarchy import REGION_SCHEMA, below


def test_shipped_regions_hold_the_pilot_city_whole() -> None:
    regions = shipped_regions()

    assert dict(regions.schema) == REGION_SCHEMA
    assert below(regions, "64.71", Level.DISTRICT).height == 6
    assert below(regions, "64.71", Level.WARD).height == 34
    assert regions["code"].is_unique().all()
    assert set(regions["parent"].drop_nulls()) <= set(regions["code"])


def test_shipped_names_are_those_of_the_nation() -> None:
    for code, name in shipped_regions().select("code", "name").iter_rows():
        found = region_in_nation(code)
        assert found is not None
        assert found["name"].replace(" ", "") == name.replace(" ", "")


def test_shipped_tiles_of_an_unknown_region_are_refused() -> None:
    with pytest.raises(NoShippedRegionError, match=r"64\.72"):
        shipped_tiles("64.72")


def test_read_regions_fills_level_and_parent_from_the_code(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("kode;nama;valid_from;induk\n6471;Kota;;\n64.71.06;Baru;2013-01-01;64.71\n")

    assert read_regions(tmp_path / "r.csv").rows() == [
        ("64.71", "Kota", "city", "64", None, None),
        ("64.71.06", "Baru", "district", "64.71", dt.date(2013, 1, 1), None),
    ]


def test_read_regions_tells_all_faults_at_once(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("code,name,valid_to\n647,Kota,\n64.71,,soon\n")

    with pytest.raises(SeveralErrors) as caught:
        read_regions(tmp_path / "r.csv")

    assert [error.facts["column"] for error in caught.value.errors] == ["name", "code", "valid_to"]


def test_read_tiles_reads_indonesian_headings_and_tells_faults(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("kode,kolom,baris\n6471,1,2\n")
    (tmp_path / "u.csv").write_text("kode,kolom,baris\n647,x,2\n")

    assert read_tiles(tmp_path / "t.csv").rows() == [("64.71", 1, 2)]
    with pytest.raises(SeveralErrors) as caught:
        read_tiles(tmp_path / "u.csv")
    assert len(caught.value.errors) == 2


def test_read_boundaries_refuses_what_is_no_geojson(tmp_path: Path) -> None:
    (tmp_path / "a.geojson").write_text("{")
    (tmp_path / "b.geojson").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(NotGeoJsonError):
        read_boundaries(tmp_path / "a.geojson")
    with pytest.raises(UnreadableFileError):
        read_boundaries(tmp_path / "b.geojson")
    with pytest.raises(MissingFileError):
        read_boundaries(tmp_path / "c.geojson")


def test_any_place_of_the_nation_is_known() -> None:
    depok = region_in_nation("3276")

    assert depok is not None
    assert (depok["code"], depok["name"], depok["level"]) == ("32.76", "Kota Depok", "city")
    assert region_in_nation("00") is not None
    assert region_in_nation("99.99") is None
    assert children_in_nation("00").height == 38
    assert children_in_nation("64.71").height == 6
    assert "64.71" in named_in_nation("Balikpapan")["code"]


def test_regions_around_brings_everything_above_and_tells_what_nobody_knows() -> None:
    regions, unknown = regions_around(["64.71.01", "64.99"], {"64.71.01": "Own name"})

    assert dict(regions.select("code", "name").iter_rows()) == {
        "00": "Indonesia",
        "64": "Kalimantan Timur",
        "64.71": "Kota Balikpapan",
        "64.71.01": "Own name",
        "64.99": "64.99",
    }
    assert unknown == ["64.99"]

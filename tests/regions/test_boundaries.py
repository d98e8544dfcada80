"""Boundaries checked and simplified."""

from pathlib import Path
from typing import Any

import pytest
import shapely
import shapely.geometry

from bilik.foundation.errors import BilikError, SeveralErrors
from bilik.regions.boundaries import (
    NotGeoJsonError,
    boundaries,
    boundary_faults,
    checked_boundaries,
    overlaps,
    simplified,
    square_km,
)
from bilik.regions.codes import Level
from bilik.regions.files import read_boundaries, shipped_regions
from bilik.regions.hierarchy import below

LAYER = Path(__file__).parents[2] / "../shared/data/batas_wilayah/balikpapan_kelurahan.geojson"


def feature(code: object, west: float, width: float = 1.0, **properties: object) -> dict[str, Any]:
    box = shapely.box(west / 100, 0, (west + width) / 100, 0.01)
    named = {"kode": code, **properties}
    return {"type": "Feature", "properties": named, "geometry": shapely.geometry.mapping(box)}


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def kinds(errors: list[BilikError]) -> list[str]:
    return [type(error).__name__ for error in errors]


def test_boundaries_are_joined_by_the_longest_code_and_sorted() -> None:
    found = boundaries(collection(feature("6472", 1), feature("6471", 0, kode_prov="64")), file="a.geojson")

    assert found.codes == ("64.71", "64.72")
    assert square_km(found.shapes[0]) == pytest.approx(1.1132 * 1.10574, rel=1e-3)


@pytest.mark.parametrize(
    "wrong", [[], {}, {"features": []}, {"features": [{"geometry": None}]}, {"features": [{"geometry": {"type": "x"}}]},
              {"features": [{"geometry": {"type": "Point", "coordinates": [1, 2]}}]}],
)  # fmt: skip
def test_other_files_are_refused(wrong: Any) -> None:
    with pytest.raises(NotGeoJsonError):
        boundaries(wrong, file="a.geojson")


def test_features_without_a_code_or_with_the_same_are_all_named() -> None:
    with pytest.raises(SeveralErrors) as caught:
        boundaries(collection(feature("x", 0), feature("6471", 1), feature("64.71", 2)), file="a.geojson")

    assert kinds(caught.value.errors) == ["FeatureCodeError", "RepeatedBoundaryError"]


def test_boundary_faults_names_missing_foreign_invalid_and_overlapping_areas() -> None:
    bow = {"type": "Polygon", "coordinates": [[[0.1, 0], [0.11, 0.01], [0.11, 0], [0.1, 0.01], [0.1, 0]]]}
    crossed = {"type": "Feature", "properties": {"kode": "6403"}, "geometry": bow}
    found = boundaries(collection(feature("6401", 0, 1.5), feature("6402", 1), crossed), file="a.geojson")

    errors = boundary_faults(found, {"64.01": "A", "64.03": "C", "64.04": "D"})

    assert kinds(errors) == ["MissingBoundaryError", "ForeignBoundaryError", "InvalidBoundaryError", "OverlapError"]
    assert "64.04 (D)" in str(errors[0])
    assert overlaps(found)[0][:2] == ("64.01", "64.02")


def test_slivers_are_no_overlap_and_good_boundaries_pass() -> None:
    found = boundaries(collection(feature("6401", 0, 1.001), feature("6402", 1)), file="a.geojson")

    assert overlaps(found)[0][2] == pytest.approx(0.001 * 1.1132 * 1.10574, rel=1e-2)
    assert checked_boundaries(found, {"64.01": "A", "64.02": "B"}) is found


@pytest.mark.skipif(not LAYER.exists(), reason="the real boundaries are not at hand")
def test_the_real_city_passes_and_stays_a_coverage_when_simplified() -> None:
    found = read_boundaries(LAYER)
    names = dict(below(shipped_regions(), "64.71", Level.WARD).select("code", "name").iter_rows())

    assert boundary_faults(found, names) == []
    assert sum(map(square_km, found.shapes)) == pytest.approx(509.7, abs=0.5)
    features = simplified(found)["features"]
    shapes = [shapely.geometry.shape(one["geometry"]) for one in features]
    assert [one["properties"]["code"] for one in features] == list(found.codes)
    assert shapely.coverage_is_valid(shapes)
    assert sum(map(square_km, shapes)) == pytest.approx(509.7, abs=0.5)
    assert shapely.get_num_coordinates(shapes).sum() < shapely.get_num_coordinates(found.shapes).sum()

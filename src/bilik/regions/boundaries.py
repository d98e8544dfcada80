"""Boundaries: checked against the regions they stand for, and simplified so that neighbours still touch.

Coordinates are WGS84 degrees. Areas are taken on a plane scaled at the middle latitude,
which near the equator is exact to a few parts in ten thousand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
import shapely.geometry
from numpy.typing import NDArray

from bilik.foundation.errors import BilikError, SeveralErrors
from bilik.foundation.files import raise_all
from bilik.foundation.language import mark
from bilik.regions.codes import MalformedCodeError, dotted

CODE_PROPERTIES = ("code", "kode", "kode_kel", "kode_kec", "kode_kab", "kode_prov", "kode_titik", "kemendagri")
#: Overlaps up to this area come from drawing the same line twice, not from two claims to one place.
SLIVER_KM2 = 0.01
KM_PER_DEGREE_EAST = 111.32  # on the equator
KM_PER_DEGREE_NORTH = 110.574
METRES_PER_KM = 1000
DIGITS = 6  # decimals of a degree that are kept: about 0.1 metres
Shapes = NDArray[np.object_]


class NotGeoJsonError(BilikError):
    """The file holds no collection of areas."""

    message = mark("{file} is no GeoJSON FeatureCollection of areas. Export the layer again as GeoJSON, in WGS84.")


class FeatureCodeError(BilikError):
    """A feature has no property that holds a region code."""

    message = mark("{file}, feature {number}: no property holds a region code; found {found}. Wanted one of {wanted}.")


class RepeatedBoundaryError(BilikError):
    """One region has several features."""

    message = mark("{file}: {count} features have the code {code}. Join them into one.")


class MissingBoundaryError(BilikError):
    """A region has no boundary."""

    message = mark("{code} ({name}) has no boundary. Add a feature with this code.")


class ForeignBoundaryError(BilikError):
    """A boundary belongs to no region that was asked for."""

    message = mark("The boundary {code} belongs to none of the regions. Remove it, or correct its code.")


class InvalidBoundaryError(BilikError):
    """A boundary crosses itself or is broken otherwise."""

    message = mark("The boundary of {code} is not valid near {place}. Repair the geometry and export it again.")


class OverlapError(BilikError):
    """Two regions claim the same ground."""

    message = mark("{first} and {second} overlap by {area} km². Draw their common boundary once.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundaries:
    """Areas by dotted code, both in one order, sorted by code."""

    codes: tuple[str, ...]
    shapes: Shapes


def boundaries(collection: dict[str, Any], *, file: str) -> Boundaries:
    """Take the areas out of a GeoJSON FeatureCollection.

    Raises
    ------
    NotGeoJsonError
        If it is none, or has other shapes than areas.
    SeveralErrors
        Naming every feature without a usable code and every code that comes twice.
    """
    features = collection.get("features") if isinstance(collection, dict) else None
    if not features:
        raise NotGeoJsonError(file=file)
    try:
        shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    except (KeyError, TypeError, AttributeError, ValueError, shapely.errors.ShapelyError):
        raise NotGeoJsonError(file=file) from None
    if any(shape.geom_type not in {"Polygon", "MultiPolygon"} for shape in shapes):
        raise NotGeoJsonError(file=file)
    codes = [_code(feature.get("properties") or {}) for feature in features]
    _check_codes(codes, features, file)
    order = sorted(range(len(codes)), key=lambda number: codes[number] or "")
    return Boundaries(
        codes=tuple(str(codes[number]) for number in order),
        shapes=np.array([shapes[number] for number in order], dtype=object),
    )


def boundary_faults(found: Boundaries, names: dict[str, str]) -> list[BilikError]:
    """Return everything wrong with boundaries that should be those of the regions ``names`` (code to name).

    Missing and foreign codes, invalid shapes, and overlaps beyond a sliver of ``SLIVER_KM2``.
    """
    errors: list[BilikError] = [
        MissingBoundaryError(code=code, name=name) for code, name in names.items() if code not in set(found.codes)
    ]
    errors += [ForeignBoundaryError(code=code) for code in found.codes if code not in names]
    for code, shape in zip(found.codes, found.shapes, strict=True):
        if not shapely.is_valid(shape):
            place = shapely.is_valid_reason(shape).partition("[")[2].rstrip("]")
            errors.append(InvalidBoundaryError(code=code, place=place))
    errors += [
        OverlapError(first=first, second=second, area=f"{area:.3f}")
        for first, second, area in overlaps(found)
        if area > SLIVER_KM2
    ]
    return errors


def checked_boundaries(found: Boundaries, names: dict[str, str]) -> Boundaries:
    """Return the boundaries unchanged if nothing is wrong with them.

    Raises
    ------
    SeveralErrors
        With everything that ``boundary_faults`` finds.
    """
    raise_all(boundary_faults(found, names))
    return found


def overlaps(found: Boundaries) -> list[tuple[str, str, float]]:
    """Return each pair of areas that share ground, with its size in square kilometres, the largest first."""
    shapes = np.array([shapely.make_valid(shape) for shape in found.shapes], dtype=object)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = [(a, b) for a, b in zip(first.tolist(), second.tolist(), strict=True) if a < b]
    shared = [(found.codes[a], found.codes[b], square_km(shapely.intersection(shapes[a], shapes[b]))) for a, b in pairs]
    return sorted((pair for pair in shared if pair[2] > 0), key=lambda pair: -pair[2])


def square_km(shape: shapely.Geometry) -> float:
    """Return the area of a shape in degrees, in square kilometres."""
    if shape.is_empty:
        return 0.0
    middle = np.radians((shape.bounds[1] + shape.bounds[3]) / 2)
    return float(shape.area * KM_PER_DEGREE_EAST * KM_PER_DEGREE_NORTH * np.cos(middle))


def simplified(found: Boundaries, *, tolerance_metres: float = 50.0) -> dict[str, Any]:
    """Return a GeoJSON FeatureCollection with fewer points, common boundaries staying common.

    Slivers between areas are closed first, so that neighbours are simplified as one line.
    Each feature has the property ``code``, dotted; rings turn as RFC 7946 asks.
    """
    tolerance = tolerance_metres / METRES_PER_KM / KM_PER_DEGREE_EAST
    clean = shapely.coverage_clean(shapely.make_valid(found.shapes), snapping_distance=tolerance / 10)
    simple = shapely.set_precision(shapely.coverage_simplify(clean, tolerance), 10**-DIGITS)
    turned = shapely.orient_polygons(simple)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": code},
                "geometry": shapely.geometry.mapping(shape),
            }
            for code, shape in zip(found.codes, turned, strict=True)
        ],
    }


def _code(properties: dict[str, Any]) -> str | None:
    """Return the dotted code that the properties hold, the longest where there are several levels."""
    by_name = {name.lower(): value for name, value in properties.items()}
    found = []
    for name in CODE_PROPERTIES:
        try:
            found.append(dotted(str(by_name[name])))
        except (KeyError, MalformedCodeError):
            continue
    return max(found, key=len, default=None)


def _check_codes(codes: Sequence[str | None], features: list[Any], file: str) -> None:
    errors: list[BilikError] = [
        FeatureCodeError(
            file=file,
            number=number,
            found=", ".join(features[number - 1].get("properties") or {}) or "–",
            wanted=", ".join(CODE_PROPERTIES),
        )
        for number, code in enumerate(codes, 1)
        if code is None
    ]
    known = [code for code in codes if code is not None]
    errors += [
        RepeatedBoundaryError(file=file, code=code, count=known.count(code))
        for code in dict.fromkeys(known)
        if known.count(code) > 1
    ]
    if errors:
        raise SeveralErrors(errors)

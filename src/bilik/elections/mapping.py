"""Which column of a file of counts is what: proposed from its headings, shown, and remembered by its shape.

Headings may be English or Indonesian, in any case and with any signs between the words. A
file may give a region's men and women (``_l``, ``_p``) with or without their total (``_j``),
and two independent readings of the same forms side by side (``_kpu``, ``_kp``).
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bilik.elections.figures import BALLOT_COLUMNS, LIST_COLUMNS, USER_COLUMNS, WHOLE_COLUMNS

_SEXES = {"l": "male", "p": "female"}
_ROLLS = ("dpt", "dptb", "dpk")
#: What headings other than the names themselves stand for.
HEADINGS = {
    "kode": "region", "kode_wilayah": "region", "wilayah": "region", "code": "region", "kode_kel": "region",
    "pemilu": "election", "pemilihan": "election",
    "jenis": "kind", "jenis_pemilu": "kind",
    "tanggal": "date", "held_on": "date",
    "nama": "name", "nama_wilayah": "name",
    "tps": "station", "no_tps": "station", "nomor_tps": "station",
    "jumlah_tps": "stations", "tps_masuk": "stations_counted", "tps_total": "stations",
    "semua_daftar": "all_lists", "jumlah_pemilih": "all_lists",
    "pengguna": "users", "pengguna_hak_pilih": "users", "pengguna_j": "users", "pengguna_total": "users",
    "dpt_j": "dpt", "dptb_j": "dptb", "dpk_j": "dpk", "jumlah_dpt": "dpt",
    "sah": "valid", "suara_sah": "valid", "tidak_sah": "invalid", "suara_tidak_sah": "invalid",
    "persen": "published_percent", "partisipasi": "published_percent",
    **{f"dpt_{short}": f"dpt_{sex}" for short, sex in _SEXES.items()},
    **{f"pengguna_{short}": f"users_{sex}" for short, sex in _SEXES.items()},
    **{f"pengguna_dpt_{short}": f"users_dpt_{sex}" for short, sex in _SEXES.items()},
    **{f"pengguna_{roll}": f"users_{roll}" for roll in _ROLLS},
    **{f"pengguna_{roll}_j": f"users_{roll}" for roll in _ROLLS},
}  # fmt: skip
#: Where the code of a row's region may stand, the narrowest first.
_CODE_HEADINGS = (
    "region", "kode_wilayah", "kode", "code", "kode_kel", "kode_kelurahan", "kode_desa", "kode_kec",
    "kode_kecamatan", "kode_kab", "kode_kota", "kode_prov", "kode_provinsi", "wilayah",
)  # fmt: skip
_PLACES = ("station", "election")
_PRINTED = ("published_percent",)
#: Columns that a file of counts may fill.
FIGURE_COLUMNS = (*WHOLE_COLUMNS, *_PRINTED)
#: Men and women of a roll that are added up. A total beside them is read only where one of them is
#: missing: of the totals that machines read, these are the ones most often wrong.
_ADDED = {
    **{f"users_{roll}": (f"pengguna_{roll}_l", f"pengguna_{roll}_p") for roll in _ROLLS},
    **{roll: (f"{roll}_l", f"{roll}_p") for roll in ("dptb", "dpk")},
}
#: Endings of headings that tell whose reading of the forms it is.
READINGS = ("kpu", "kp")
_READ_BY_SOMEBODY = (*USER_COLUMNS, *BALLOT_COLUMNS, *LIST_COLUMNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Which heading of a file holds what.

    ``columns`` gives for a column of the counts, or ``region``, ``station`` and ``election``,
    the heading it is read from. ``sums`` gives headings that are added up for a column; its
    own heading is then read only where a part is empty. ``unmapped`` are the headings that
    nothing is read from. ``reading`` tells two readings of one file apart; empty where there is one.
    """

    columns: dict[str, str]
    sums: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unmapped: tuple[str, ...] = ()
    reading: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        """Return every heading that something is read from, each once."""
        parts = (heading for headings in self.sums.values() for heading in headings)
        return tuple(dict.fromkeys([*self.columns.values(), *parts]))

    @property
    def read_from(self) -> dict[str, str]:
        """Return for every column in words what it is read from: a heading, or headings with plus signs between."""
        added = {name: " + ".join(headings) for name, headings in self.sums.items()}
        return {**self.columns, **added}

    @property
    def figures(self) -> tuple[str, ...]:
        """Return the columns of the counts that are filled, in their order."""
        return tuple(name for name in FIGURE_COLUMNS if name in self.columns or name in self.sums)


def plain_heading(heading: str) -> str:
    """Return a heading in lower case, its words joined by underscores."""
    return re.sub(r"[^a-z0-9]+", "_", heading.lower()).strip("_")


def shape_of(columns: Iterable[str]) -> str:
    """Return the key under which the mapping of a file is remembered: a hash of its headings in their order."""
    return hashlib.sha256("\n".join(map(plain_heading, columns)).encode()).hexdigest()


def proposed_mapping(columns: Sequence[str]) -> Mapping:
    """Return the mapping that the headings speak for; of two readings the first."""
    return proposed_mappings(columns)[0]


def proposed_mappings(columns: Sequence[str]) -> tuple[Mapping, ...]:
    """Return one mapping for each reading of the forms that a file holds; a plain file has one.

    Of two headings that mean the same the first counts. Where readings are told apart, what
    stands in the file for none of them (a choice between them) is not read; lists that are
    given once belong to every reading.
    """
    plain = {plain_heading(heading): heading for heading in reversed(columns)}
    readings = [ending for ending in READINGS if _of_reading(plain, ending)]
    if not readings:
        return (_mapping(plain, columns, reading=""),)
    once = {name: heading for name, heading in plain.items() if _meaning(name) not in (*USER_COLUMNS, *BALLOT_COLUMNS)}
    return tuple(_mapping({**once, **_of_reading(plain, ending)}, columns, reading=ending) for ending in readings)


def _of_reading(plain: dict[str, str], ending: str) -> dict[str, str]:
    """Return the headings of one reading, by their name without its ending."""
    named = {name.removesuffix(f"_{ending}"): heading for name, heading in plain.items() if name.endswith(f"_{ending}")}
    return {name: heading for name, heading in named.items() if _meaning(name) in _READ_BY_SOMEBODY}


def _mapping(plain: dict[str, str], columns: Sequence[str], *, reading: str) -> Mapping:
    found: dict[str, str] = {}
    code = next((name for name in _CODE_HEADINGS if name in plain), None)
    if code is not None:
        found["region"] = plain[code]
    place = {heading: number for number, heading in enumerate(columns)}
    for name, heading in sorted(plain.items(), key=lambda one: place[one[1]]):
        meaning = _meaning(name)
        if meaning in _PLACES or meaning in FIGURE_COLUMNS:
            found.setdefault(meaning, heading)
    sums = {
        column: tuple(plain[part] for part in parts)
        for column, parts in _ADDED.items()
        if all(part in plain for part in parts)
    }
    mapping = Mapping(columns=found, sums=sums, reading=reading)
    unmapped = tuple(heading for heading in columns if heading not in mapping.headings)
    return Mapping(columns=found, sums=sums, unmapped=unmapped, reading=reading)


def _meaning(name: str) -> str:
    return HEADINGS.get(name, name)

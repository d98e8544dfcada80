"""A small made-up city with two kecamatan and six kelurahan, and the brief about it."""

import datetime

import numpy as np
import polars as pl

from bilik.foundation.documents import Letterhead
from bilik.turnout.brief import BriefContent
from bilik.turnout.charts import distribution_bins
from bilik.turnout.outlook import MissingVoters

DAYS = (None, *(datetime.date.fromisoformat(day) for day in ("2014-07-09", "2018-06-27", "2020-12-09", "2024-11-27")))
PAST = pl.DataFrame(
    {
        "name": ["Pilwali Contoh 2011", "Pilpres 2014", "Pilgub 2018", "Pilwali Contoh 2020", "Pilwali Contoh 2024"],
        "turnout_kind": ["mayor", "national", "governor", "mayor", "mayor"],
        "held_on": DAYS,
        "electorate": [100_000, 105_000, 110_000, 115_000, 120_000],
        "users": [None, None, 71_500, 69_000, 72_600],
        "share": [0.56, 0.69, 0.65, 0.60, 0.605],
        "basis": ["published", "published", "counted", "counted", "counted"],
        "share_low": [0.56, 0.69, 0.65, 0.53, 0.605],
        "share_high": [0.56, 0.70, 0.65, 0.60, 0.605],
        "contradicted": [False, True, False, True, False],
        "valid": [None, None, 70_000, 66_000, 70_000],
        "invalid": [None, None, 1_500, 3_000, 2_600],
    }
).with_columns(invalid_share=pl.col("invalid") / (pl.col("valid") + pl.col("invalid")))
OF_MAYORS = PAST.filter(pl.col("turnout_kind") == "mayor")

INTERVAL = pl.DataFrame({"median": [0.61], "low_80": [0.55], "high_80": [0.67], "low_95": [0.5], "high_95": [0.71]})

AREAS = pl.DataFrame(
    {
        "code": [f"99.99.0{district}.100{area}" for district in (1, 2) for area in (1, 2, 3)],
        "name": ["Damai", "Manggar", "Lamaru", "Sepinggan", "Gunung Samarinda Baru", "Damai"],
        "district": ["Contoh Timur"] * 3 + ["Contoh Kota"] * 3,
        "electorate": [10_000, 20_000, 30_000, 10_000, 20_000, 30_000],
        "median": [0.55, 0.58, 0.60, 0.62, 0.64, 0.66],
        "low_80": [0.45, 0.48, 0.50, 0.52, 0.54, 0.56],
        "high_80": [0.65, 0.68, 0.70, 0.72, 0.74, 0.76],
        "target_share": [0.70, 0.73, 0.75, 0.77, 0.78, 0.80],
        "missing": [1_500, 3_000, 4_500, 1_500, 2_800, 4_200],
        "missing_low": [500, 1_000, 1_500, 500, 800, 1_200],
        "missing_high": [2_500, 5_000, 7_500, 2_500, 4_800, 7_200],
    }
)
DISTRICTS = (
    AREAS.group_by("district", maintain_order=True)
    .agg(
        pl.col("electorate", "missing", "missing_low", "missing_high").sum(),
        pl.col("median", "low_80", "high_80", "target_share").mean(),
    )
    .rename({"district": "name"})
)
TILES = pl.DataFrame({"code": AREAS["code"], "column": [0, 1, 2, 0, 1, 2], "row": [0, 0, 0, 1, 1, 1]})
BOUNDARIES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, -y], [x + 1, -y], [x + 1, -y - 1], [x, -y - 1], [x, -y]]],
            },
        }
        for code, x, y in TILES.rows()
    ],
}
RECORDS = PAST.tail(3).select(
    "name",
    "turnout_kind",
    "held_on",
    pl.col("share").alias("actual_share"),
    median=pl.Series([0.60, 0.57, 0.66]),
    low_80=pl.Series([0.50, 0.50, 0.62]),
    high_80=pl.Series([0.70, 0.64, 0.70]),
    low_95=pl.Series([0.45, 0.45, 0.58]),
    high_95=pl.Series([0.75, 0.70, 0.74]),
    crps=pl.Series([2.0, 1.5, 2.5]),
    crps_last_of_kind=pl.Series([None, 2.0, 0.5]),
    crps_mean_of_kind=pl.Series([None, 2.0, 1.5]),
    covered_80=pl.Series([True, True, False]),
)
SOURCES = pl.DataFrame(
    {
        "source": ["kpu", "koran"],
        "publisher": ["KPU Contoh", "Koran Contoh"],
        "title": ["Berita acara", "Partisipasi *naik* #1"],
        "url": ["https://kpu.example/ba", None],
        "published_on": ["2024-12-09", None],
        "kind": ["official_record", "press"],
    }
)

CONTENT = BriefContent(
    region="99.99",
    region_name="Kota Contoh",
    election="pilwali-2031",
    election_name="Pilwali Contoh 2031",
    dated=datetime.date(2026, 11, 24),
    title="75% pada Pilwali Contoh 2031: peluang 1 dari 60",
    sentences=tuple(f"Kalimat {number}." for number in range(1, 6)),
    labels=("Sebagian angka dari pemberitaan",),
    basis="semua pengguna ÷ DPT",
    target_share=0.75,
    electorate=120_000,
    chance_of_target=1 / 60,
    missing_voters=MissingVoters(median=16_800, low=9_600, high=24_000),
    interval=INTERVAL,
    bins=distribution_bins(np.linspace(0.5, 0.76, 1000), 0.75),
    past=PAST,
    past_of_kind=OF_MAYORS,
    areas=AREAS,
    districts=DISTRICTS,
    records=RECORDS,
    early_records=RECORDS.tail(1),
    early_on=datetime.date(2022, 11, 22),
    method=("Model bertingkat.", "Tidak diketahui: cuaca."),
    sources=SOURCES,
    tiles=TILES,
)
LETTERHEAD = Letterhead(
    agency_lines=("Pemerintah Kota Contoh", "Badan Kesatuan Bangsa dan Politik"),
    address="Jalan Contoh 1",
    place="Contoh",
    signatory_title="Kepala Badan,",
    signatory_name="Nama Contoh",
)

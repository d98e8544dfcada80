"""Which column of a file is what."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.elections.mapping import HEADINGS, proposed_mapping, proposed_mappings, shape_of
from bilik.foundation.files import read_frame

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
SIREKAP = SHARED / "pilpres2024_sirekap_gigit/balikpapan_pilpres2024_tps.csv"
KAWAL = SHARED / "pilpres2019_kawalpemilu/balikpapan_pilpres2019_tps.csv"


def test_indonesian_and_english_headings_are_known_in_any_dress() -> None:
    mapping = proposed_mapping(["Kode Wilayah", "No. TPS", "DPT (L)", "dpt-p", "Users", "Suara Tidak Sah", "Ketua"])

    assert mapping.columns == {
        "region": "Kode Wilayah",
        "station": "No. TPS",
        "dpt_male": "DPT (L)",
        "dpt_female": "dpt-p",
        "users": "Users",
        "invalid": "Suara Tidak Sah",
    }
    assert mapping.unmapped == ("Ketua",)
    assert mapping.figures == ("dpt_male", "dpt_female", "users", "invalid")


def test_of_several_codes_the_narrowest_is_the_region() -> None:
    assert proposed_mapping(["kode_prov", "kode_kec", "kode_kel", "sah"]).columns["region"] == "kode_kel"
    assert proposed_mapping(["kode_kab", "kode_kec", "sah"]).columns["region"] == "kode_kec"


def test_of_two_headings_that_mean_the_same_the_first_counts() -> None:
    mapping = proposed_mapping(["kode", "pengguna_j", "pengguna"])

    assert mapping.columns["users"] == "pengguna_j"
    assert mapping.unmapped == ("pengguna",)


def test_men_and_women_of_a_roll_are_added_up() -> None:
    mapping = proposed_mapping(["kode", "pengguna_dptb_l", "pengguna_dptb_p", "pengguna_dptb_j"])

    assert mapping.sums == {"users_dptb": ("pengguna_dptb_l", "pengguna_dptb_p")}
    assert mapping.columns["users_dptb"] == "pengguna_dptb_j"
    assert mapping.read_from["users_dptb"] == "pengguna_dptb_l + pengguna_dptb_p"
    assert mapping.unmapped == ()


def test_two_readings_of_the_same_forms_are_two_mappings_that_share_the_list() -> None:
    columns = ["kode_kel", "dpt_l", "dpt_p", "pengguna_kpu", "sah_kpu", "pengguna_kp", "sah_kp", "pengguna", "sah"]

    first, second = proposed_mappings(columns)

    assert (first.reading, second.reading) == ("kpu", "kp")
    assert first.columns == {
        "region": "kode_kel", "dpt_male": "dpt_l", "dpt_female": "dpt_p", "users": "pengguna_kpu", "valid": "sah_kpu",
    }  # fmt: skip
    assert (second.columns["users"], second.columns["valid"]) == ("pengguna_kp", "sah_kp")
    assert {"pengguna", "sah"} <= set(first.unmapped)  # a choice between the two is a third opinion


def test_the_shape_is_that_of_the_headings_in_their_order() -> None:
    assert shape_of(["Kode Kel", "TPS"]) == shape_of(["kode_kel", " tps "])
    assert shape_of(["kode_kel", "tps"]) != shape_of(["tps", "kode_kel"])
    assert shape_of(["a", "b"]) != shape_of(["a_b"])


@given(st.lists(st.sampled_from([*HEADINGS, "suara_01", "mutu", "sah_kpu", "sah_kp"]), unique=True, min_size=1))
def test_every_heading_is_read_or_listed_as_not_read(columns: list[str]) -> None:
    for mapping in proposed_mappings(columns):
        assert set(mapping.headings) | set(mapping.unmapped) == set(columns)
        assert not set(mapping.headings) & set(mapping.unmapped)


@pytest.mark.skipif(not SIREKAP.exists(), reason="the shared files are not on this machine")
def test_the_real_files_are_understood() -> None:
    plain = proposed_mappings(read_frame(SIREKAP).columns)
    readings = proposed_mappings(read_frame(KAWAL).columns)

    assert [mapping.reading for mapping in plain] == [""]
    assert set(plain[0].unmapped) == {
        "kode_kec", "kecamatan", "kelurahan", "suara_01", "suara_02", "suara_03", "suara_total", "ts", "mutu",
    }  # fmt: skip
    assert [mapping.reading for mapping in readings] == ["kpu", "kp"]
    assert readings[1].columns["invalid"] == "tidak_sah_kp"

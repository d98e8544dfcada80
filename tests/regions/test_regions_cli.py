"""`bilik regions …`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bilik.foundation.errors import BilikError
from bilik.regions.cli import regions

DATA = Path(__file__).parents[2] / "../shared/data/batas_wilayah"


def bilik(*words: str) -> Result:
    return CliRunner().invoke(regions, words)


def test_show_finds_any_place() -> None:
    assert json.loads(bilik("show", "3276", "--format", "json").output) == [
        {"code": "32.76", "name": "Kota Depok", "level": "city", "path": "Kota Depok, Jawa Barat"}
    ]


def test_show_an_unknown_place_says_so() -> None:
    assert isinstance(bilik("show", "99.99").exception, BilikError)


def test_list_goes_down_to_a_level() -> None:
    assert bilik("list", "--below", "64.71", "--level", "ward", "--format", "csv").output.count("\n") == 35
    assert bilik("list", "--below", "64.71", "--format", "csv").output.count("\n") == 7
    assert isinstance(bilik("list", "--below", "99").exception, BilikError)


def test_list_reads_a_file_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("code,name\n64,Kaltim\n64.99,Kota Baru\n")

    assert "Kota Baru" in bilik("list", "--below", "64", "--file", str(tmp_path / "r.csv")).output


def test_search_finds_by_name() -> None:
    assert "19.06.01" in bilik("search", "Manggar").output
    assert "64.71.01.1001" in bilik("search", "Manggar", "--below", "64.71").output


@pytest.mark.skipif(not DATA.exists(), reason="the real boundaries are not at hand")
def test_check_boundaries_tells_good_from_bad() -> None:
    good = bilik("check-boundaries", str(DATA / "balikpapan_kelurahan.geojson"))
    bad = bilik("check-boundaries", str(DATA / "kaltim_kabkota.geojson"), "--format", "csv")

    assert good.exception is None
    assert good.output.startswith("34 ")
    assert isinstance(bad.exception, BilikError)
    assert bad.exception.exit_code == 1
    assert "64.02" in bad.output

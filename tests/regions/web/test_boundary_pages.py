"""With boundaries in the workspace the maps are drawn with them; a faulty file changes nothing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.test import Client

from bilik.foundation.errors import BilikError
from bilik.foundation.language import ENGLISH
from bilik.regions.web.store import boundary

REAL = Path(__file__).parents[4] / "shared" / "data" / "batas_wilayah" / "balikpapan_kelurahan.geojson"
real_file = pytest.mark.skipif(not REAL.exists(), reason="needs the real boundaries, which are not part of the project")


@pytest.fixture
def keep(db):
    from bilik.site.commands import boundaries
    from bilik.site.door import WorkspaceDoor

    def kept(file):
        words = [str(file), "--region", "64.71"]
        return CliRunner().invoke(boundaries, words, obj=WorkspaceDoor(ENGLISH), standalone_mode=False)

    return kept


@real_file
def test_the_map_is_drawn_with_the_boundaries_that_are_kept(keep, rani):
    client = Client()
    client.force_login(rani, backend=settings.AUTHENTICATION_BACKENDS[0])

    answer = keep(REAL)
    spec = client.get("/partisipasi/64.71/gambar/missing-map.json").json()

    assert answer.exception is None
    assert len(spec["datasets"]["boundaries"]["features"]) == 34


@real_file
def test_a_file_that_lacks_areas_is_refused_and_names_them(keep, tmp_path):
    found = json.loads(REAL.read_text())
    found["features"] = found["features"][:-1]
    lacking = tmp_path / "lacking.geojson"
    lacking.write_text(json.dumps(found))

    answer = keep(lacking)

    assert isinstance(answer.exception, BilikError)
    assert boundary("64.71") is None

"""``bilik import`` from the outside: a process of its own on a workspace of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bilik.site.workspace import VARIABLE

pytestmark = pytest.mark.slow
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
SIREKAP = SHARED / "pilpres2024_sirekap_gigit/balikpapan_pilpres2024_tps.csv"
KAWAL = SHARED / "pilpres2019_kawalpemilu/balikpapan_pilpres2019_tps.csv"
GOOD = "kode_kel,tps,dpt_l,dpt_p,pengguna\n6471011001,1,120,130,200\n6471011001,2,100,100,150\n"
FAULTY = GOOD + "6471011001,3,1.204,90,100\n"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("imports") / "workspace"
    done = bilik(folder, "demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    return folder


def bilik(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: text for name, text in os.environ.items() if not name.startswith(("DJANGO", "BILIK"))}
    return subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, "-m", "bilik", "--lang", "en", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**environment, VARIABLE: str(folder)},
    )


def import_file(folder: Path, file: Path, title: str, *words: str) -> subprocess.CompletedProcess[str]:
    about = ("--election", "pilpres-2024", "--publisher", "Office", "--title", title)
    return bilik(folder, "import", str(file), *about, *words)


def written(folder: Path, text: str) -> Path:
    file = folder / "counts.csv"
    file.write_text(text)
    return file


def files_of(workspace: Path) -> list[str]:
    return sorted(file.name for file in (workspace / "counts").iterdir())


def test_a_dry_run_shows_and_keeps_nothing(workspace, tmp_path):
    before = files_of(workspace)

    done = import_file(workspace, written(tmp_path, FAULTY), "Dry", "--dry-run")

    assert done.returncode == 0
    assert "This was a dry run: nothing was kept." in done.stdout
    assert 'counts.csv, row 4, column "dpt_l"' in done.stdout
    assert files_of(workspace) == before


def test_a_file_is_kept_once(workspace, tmp_path):
    file = written(tmp_path, GOOD)

    first, files = import_file(workspace, file, "Once"), files_of(workspace)
    second = import_file(workspace, file, "Once")

    assert "2 rows are kept for office-once. Receipt: " in first.stdout
    assert f"{first.stdout.split()[-1]}.parquet" in files
    assert "no row is new for office-once; nothing was kept." in second.stdout
    assert second.returncode == 0
    assert files_of(workspace) == files


def test_good_rows_are_kept_and_all_or_nothing_keeps_none(workspace, tmp_path):
    file, before = written(tmp_path, FAULTY), files_of(workspace)

    strict = import_file(workspace, file, "Part", "--all-or-nothing")
    after_strict = files_of(workspace)
    loose = import_file(workspace, file, "Part")

    assert strict.returncode == 2
    assert 'row 4, column "dpt_l"' in strict.stderr
    assert after_strict == before
    assert "2 rows are kept for office-part." in loose.stdout


def test_an_unknown_election_or_file_is_one_sentence(workspace, tmp_path):
    about = ("--publisher", "Office", "--title", "X")

    election = bilik(workspace, "import", str(written(tmp_path, GOOD)), "--election", "e", *about)
    file = bilik(workspace, "import", str(tmp_path / "none.csv"), "--election", "pilpres-2024", *about)

    assert election.returncode == file.returncode == 2
    assert "pilpres-2024" in election.stderr
    assert "none.csv" in file.stderr


@pytest.mark.skipif(not SIREKAP.exists(), reason="the shared files are not on this machine")
def test_both_station_files_go_in_and_the_forecast_still_answers(workspace):
    first = import_file(workspace, SIREKAP, "Sirekap", "--kind", "official_record")
    about = ("--election", "pilpres-2019", "--publisher", "Kawal", "--title", "C1", "--kind", "volunteer_count")
    second = bilik(workspace, "import", str(KAWAL), *about)
    forecast = bilik(
        workspace, "turnout", "forecast", "--region", "64.71", "--election", "pilwali-2031", "--target", "0.75"
    )

    assert "2,047 rows are kept for office-sirekap." in first.stdout
    for reading in ("kpu", "kp"):
        assert f"2,055 rows are kept for kawal-c1-{reading}." in second.stdout
    assert forecast.returncode == 0
    assert "Chance of reaching 75.0%" in forecast.stdout


def test_an_import_is_listed_taken_back_and_put_back_by_its_receipt(workspace, tmp_path):
    import_file(workspace, written(tmp_path, GOOD), "Listed")
    listed = json.loads(bilik(workspace, "imports", "--format", "json").stdout)
    receipt = listed[0]["receipt"]

    undone = json.loads(bilik(workspace, "imports", "--undo", receipt, "--format", "json").stdout)
    restored = json.loads(bilik(workspace, "imports", "--put-back", receipt, "--format", "json").stdout)

    assert [one[0]["in_force"] for one in (listed, undone, restored)] == [True, False, True]
    assert bilik(workspace, "imports", "--undo", "nothing").returncode != 0

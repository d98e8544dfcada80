"""An import is kept, taken out of force and put back as a whole."""

import secrets
from pathlib import Path

import polars as pl
import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from bilik.accounts.web.models import Deed
from bilik.accounts.web.store import revision
from bilik.elections.acceptance import accepted
from bilik.elections.figures import COUNT_SCHEMA
from bilik.elections.intake import intake, rows_to_keep, weigh
from bilik.elections.mapping import proposed_mapping
from bilik.elections.web.intake_actions import (
    NothingNewError,
    already_kept,
    keep_counts,
    put_back_in_force,
    take_out_of_force,
)
from bilik.elections.web.models import CountFile, SourceRecord
from bilik.elections.web.store import figures
from bilik.foundation.files import read_frame

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
SIREKAP = SHARED / "pilpres2024_sirekap_gigit/balikpapan_pilpres2024_tps.csv"
SOURCE = {
    "source": "sheet", "publisher": "Office", "title": "Sheet", "url": None, "published_on": "", "kind": "internal",
}  # fmt: skip


def counts_of(*users: int) -> pl.DataFrame:
    rows = [
        {
            "election": "pilpres-2024",
            "region": "64.71.01.1001",
            "station": str(n),
            "source": "sheet",
            "users": count,
            "dpt": 500,
        }
        for n, count in enumerate(users, 1)
    ]
    return pl.DataFrame(rows, schema=COUNT_SCHEMA)


@pytest.fixture(autouse=True)
def _own_place_and_time(db, tmp_path, monkeypatch):
    """Let the count files of a test go with it; nothing that is kept in memory is from another test, or for one."""
    own = secrets.randbelow(10**12) * 10**6
    for store in ("bilik.elections.web.store", "bilik.accounts.web.kept"):
        monkeypatch.setattr(f"{store}.revision", lambda: own + revision())
    for file in settings.WORKSPACE.counts.glob("*.parquet"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr("bilik.elections.web.store.count_path", lambda digest: tmp_path / f"{digest}.parquet")
    monkeypatch.setattr("bilik.elections.web.intake_actions.count_path", lambda digest: tmp_path / f"{digest}.parquet")


def test_what_is_kept_is_in_force_with_its_source_its_file_and_its_deed(rani):
    before = figures().counts

    file = keep_counts(counts_of(100, 200), source=SOURCE, name="sheet.csv", by=rani)

    assert figures().counts.height == before.height + 2
    assert figures().sources.filter(pl.col("source") == "sheet")["publisher"].to_list() == ["Office"]
    assert (file.row_count, file.imported_by, file.in_force) == (2, rani, True)
    deed = Deed.objects.first()
    assert (deed.action, deed.person, deed.changes_figures) == ("keep_counts", rani, True)
    assert deed.subject == f"counts:{file.content_hash}"


def test_the_same_content_twice_keeps_nothing_new_and_writes_no_deed(rani):
    first = keep_counts(counts_of(100), source=SOURCE, name="sheet.csv", by=rani)
    deeds, known = Deed.objects.count(), figures()

    assert already_kept(counts_of(100)) == first
    assert keep_counts(counts_of(100), source=SOURCE, name="again.csv", by=rani) == first
    assert Deed.objects.count() == deeds
    assert figures() is known


def test_taken_out_and_put_back_is_as_before_and_nothing_is_rewritten(rani):
    before = figures()
    file = keep_counts(counts_of(100), source=SOURCE, name="sheet.csv", by=rani)
    kept = figures().counts

    take_out_of_force(file, by=rani)
    take_out_of_force(file, by=rani)  # a second time is no deed

    assert figures().counts.equals(before.counts)
    assert accepted(figures()).equals(accepted(before))
    put_back_in_force(file, by=rani)
    assert figures().counts.equals(kept)
    assert [deed.action for deed in Deed.objects.all()[:3]] == ["put_back_in_force", "take_out_of_force", "keep_counts"]
    assert CountFile.objects.filter(content_hash=file.content_hash).count() == 1


@bounds(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 900), min_size=1, max_size=5))
def test_whatever_is_kept_and_taken_out_leaves_the_figures_as_before(rani, users):
    before = figures()

    take_out_of_force(keep_counts(counts_of(*users), source=SOURCE, name="sheet.csv", by=rani), by=rani)

    assert figures().counts.equals(before.counts)
    assert accepted(figures()).equals(accepted(before))


def test_content_that_was_taken_out_is_put_back_when_it_comes_again(rani):
    file = keep_counts(counts_of(100), source=SOURCE, name="sheet.csv", by=rani)
    take_out_of_force(file, by=rani)

    assert already_kept(counts_of(100)) is None
    again = keep_counts(counts_of(100), source=SOURCE, name="sheet.csv", by=rani)

    assert (again.pk, again.in_force) == (file.pk, True)


def test_no_rows_are_no_import(rani):
    deeds = Deed.objects.count()

    with pytest.raises(NothingNewError, match=r"sheet\.csv"):
        keep_counts(counts_of(), source=SOURCE, name="sheet.csv", by=rani)

    assert Deed.objects.count() == deeds


def test_a_full_disk_leaves_nothing_behind(rani, monkeypatch, tmp_path):
    deeds, files = Deed.objects.count(), sorted(tmp_path.iterdir())

    def full(_number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bilik.elections.web.intake_actions.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep_counts(counts_of(100), source=SOURCE, name="sheet.csv", by=rani)

    assert (Deed.objects.count(), sorted(tmp_path.iterdir())) == (deeds, files)
    assert not SourceRecord.objects.filter(source="sheet").exists()


@pytest.mark.skipif(not SIREKAP.exists(), reason="the shared files are not on this machine")
@pytest.mark.slow
def test_with_the_stations_of_2024_the_forecast_and_the_pages_answer(rani):
    frame, known = read_frame(SIREKAP), figures()
    taken = intake(
        frame,
        file=SIREKAP.name,
        mapping=proposed_mapping(frame.columns),
        election="pilpres-2024",
        source="sheet",
        regions=known.regions,
    )
    kept = rows_to_keep(weigh(taken, known), good_only=True)
    keep_counts(kept, source=SOURCE, name=SIREKAP.name, by=rani)
    desk = Client()
    desk.force_login(rani, backend=settings.AUTHENTICATION_BACKENDS[0])

    city = "/partisipasi/64.71/"
    for address in (
        "/beranda/64.71/", city, f"{city}pemilihan/pilpres-2024/", f"{city}prakiraan/?election=pilwali-2031",
    ):  # fmt: skip
        assert desk.get(address).status_code == 200
    assert rows_to_keep(weigh(taken, figures()), good_only=True).is_empty()

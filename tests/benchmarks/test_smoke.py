"""The benchmarks still run: bilik's side alone, on tiny problems. Nothing is timed here."""

import runpy
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def output(monkeypatch, capsys, script, *options):
    monkeypatch.setattr(sys, "argv", [script, *options])
    runpy.run_path(str(BENCHMARKS / script), run_name="__main__")
    return capsys.readouterr().out


@pytest.mark.slow
def test_the_forecasts_benchmark_prints_a_row_a_city(monkeypatch, capsys):
    rows = output(monkeypatch, capsys, "turnout_forecast.py", "--cities", "1", "--ours-only").splitlines()

    assert [row.split("|")[1].strip() for row in rows] == ["Balikpapan", "made-up 1"]


def test_the_stations_benchmark_prints_its_table(monkeypatch, capsys):
    head, _, row = output(monkeypatch, capsys, "station_shares.py", "--stations", "60").splitlines()

    assert "RMSE points" in head
    assert len(row.split("|")) == len(head.split("|"))

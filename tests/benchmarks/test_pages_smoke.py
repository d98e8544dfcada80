"""The benchmark of pages still runs; nothing is timed here."""

import importlib.util
from pathlib import Path

import pytest

FILE = Path(__file__).parents[2] / "benchmarks" / "pages.py"


@pytest.fixture(scope="module")
def pages():
    specification = importlib.util.spec_from_file_location("pages_benchmark", FILE)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_a_page_has_a_row_with_times_queries_and_size(pages, rani):
    (line,) = pages.rows(pages.signed_in(), 1, {"sources": pages.PAGES["sources"]})

    page, cold, warm, queries, kilobytes = line.strip("| ").split(" | ")
    assert page == "sources"
    assert min(float(cold), float(warm), float(kilobytes)) > 0
    assert all(0 < int(count) < 30 for count in queries.split(" / "))
    assert len(line.split("|")) == len(pages.HEAD.splitlines()[0].split("|"))


@pytest.mark.slow
def test_every_page_that_is_timed_answers_in_few_queries(pages, rani):
    client = pages.signed_in()

    counts = {page: pages.queries(client, address) for page, address in pages.PAGES.items()}

    assert {page: count for page, count in counts.items() if count > 15} == {}


def test_a_page_that_does_not_answer_is_no_time(pages, rani):
    with pytest.raises(SystemExit, match="404"):
        pages.asked(pages.signed_in(), "/nowhere/")

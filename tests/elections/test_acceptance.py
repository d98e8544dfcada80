"""Which statement is used."""

import polars as pl
import pytest

from bilik.elections.acceptance import accepted, accepted_statements, statements
from bilik.elections.elections import Election, ElectionKind, Regime
from bilik.elections.figures import ACCEPTANCE_SCHEMA, COUNT_SCHEMA, REGION_SCHEMA, SOURCE_SCHEMA, Figures

SOURCES = {
    "official": ("official_record", "2020-01-01"),
    "press": ("press", "2020-01-01"),
    "later": ("press", "2020-06"),
    "own": ("internal", "2024-01-01"),
}


def figures(rows: list[dict[str, object]], acceptances: list[tuple[str, str, str]] = ()) -> Figures:  # type: ignore[assignment]
    base = {"election": "e", "region": "64.71"}
    return Figures(
        regions=pl.DataFrame([("64.71", "Kota", "city", "64", None, None)], schema=REGION_SCHEMA, orient="row"),
        elections=(Election(slug="e", name="E", kind=ElectionKind.MAYOR, regime=Regime.PEMILIHAN, region="64.71"),),
        sources=pl.DataFrame(
            [(key, key, key, None, day, kind) for key, (kind, day) in SOURCES.items()],
            schema=SOURCE_SCHEMA,
            orient="row",
        ),
        counts=pl.DataFrame([base | row for row in rows], schema=COUNT_SCHEMA),
        acceptances=pl.DataFrame(
            [("e", "64.71", column, source, reason, reason) for column, source, reason in acceptances],
            schema=ACCEPTANCE_SCHEMA,
            orient="row",
        ),
    )


def used(of: Figures, column: str = "users") -> tuple[str, float] | None:
    row = accepted_statements(of).filter(pl.col("column") == column)
    return None if row.is_empty() else (row["source"][0], row["value"][0])


@pytest.mark.parametrize(
    ("sources", "winner"),
    [
        (["press", "official"], "official"),
        (["own", "press"], "press"),
        (["press", "later"], "later"),
        (["own"], "own"),
        (["unheard", "own"], "own"),
    ],
)
def test_the_source_that_binds_further_and_then_the_later_is_used(sources: list[str], winner: str) -> None:
    of = figures([{"source": source, "users": place} for place, source in enumerate(sources)])

    assert used(of) == (winner, sources.index(winner))
    assert accepted_statements(of)["contradicted"].to_list() == [len(sources) > 1]


def test_a_decision_goes_before_every_rule() -> None:
    of = figures([{"source": "official", "users": 1}, {"source": "own", "users": 2}], [("users", "own", "because")])

    assert used(of) == ("own", 2)
    assert accepted_statements(of)["reason_en"].to_list() == ["because"]


def test_a_row_that_fails_a_check_is_used_only_by_decision() -> None:
    wrong = {"source": "official", "users": 10, "valid": 5, "invalid": 4}
    other = {"source": "own", "users": 9}

    assert used(figures([wrong, other])) == ("own", 9)
    assert used(figures([wrong])) is None
    assert used(figures([wrong, other], [("users", "official", "because")])) == ("official", 10)
    assert statements(figures([wrong, other]))["quarantined"].sum() == 3


def test_a_figure_is_withheld_where_the_decision_names_no_source() -> None:
    of = figures([{"source": "own", "users": 9, "dpt": 20}], [("users", "", "unknown coverage")])

    assert used(of) is None
    assert used(of, "dpt") == ("own", 20)
    assert statements(of).filter(pl.col("column") == "users").height == 1


def test_partial_counts_and_stations_are_no_statement_about_the_area() -> None:
    of = figures(
        [
            {"source": "official", "users": 9, "stations": 3, "stations_counted": 2},
            {"source": "official", "users": 3, "station": "1"},
            {"source": "own", "users": 20},
        ]
    )

    assert used(of) == ("own", 20)


def test_accepted_is_wide_with_every_column() -> None:
    table = accepted(figures([{"source": "own", "users": 9, "dpt": 20, "published_percent": 45.0}]))

    assert table.select("election", "region", "users", "dpt", "valid", "published_percent").rows() == [
        ("e", "64.71", 9, 20, None, 45.0)
    ]

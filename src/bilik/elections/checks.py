"""The arithmetic that every set of counts must pass, rule by rule (M1).

See docs/methods/counts-and-checks.md for each tolerance and its reason. A check applies
only where all its parts are stated; a gap is never a failure.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

from bilik.elections.area_sums import area_sum_failures
from bilik.elections.denominators import Denominator
from bilik.elections.elections import Election
from bilik.elections.figures import WHOLE_COLUMNS
from bilik.elections.names import COLUMN_NAMES
from bilik.foundation.errors import BilikError
from bilik.foundation.language import Language, mark

#: Reserve ballots of a polling station, as share of its DPT (UU 7/2017 art. 344).
RESERVE_SHARE = 0.02
_EXACT = 1e-9  # what is left of floating point
_BY_SEX = ("dpt", "users", "users_dpt")
_WITHIN = (
    ("users_dpt", "dpt"),
    ("users_dpt_male", "dpt_male"),
    ("users_dpt_female", "dpt_female"),
    ("users_dptb", "dptb"),
    ("users_dpk", "dpk"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One check: its slug, the sentence about a row that fails it, and the rows it applies to."""

    slug: str
    sentence: str
    applies_to: str


RULES = {
    rule.slug: rule
    for rule in (
        Rule(
            slug="negative",
            sentence=mark("{column} is {found}; a count cannot be below 0."),
            applies_to=mark("every count"),
        ),
        Rule(
            slug="percent_over_100",
            sentence=mark("The printed turnout is {found} percent; more than 100 is impossible."),
            applies_to=mark("printed percentages"),
        ),
        Rule(
            slug="users_within_list",
            sentence=mark("{column}: {found}, but the list allows {wanted} at most."),
            applies_to=mark("users, where their list is stated"),
        ),
        Rule(
            slug="sexes_sum",
            sentence=mark("{column}: men and women add up to {found}, the total is {wanted}."),
            applies_to=mark("figures stated by sex and in total"),
        ),
        Rule(
            slug="lists_sum",
            sentence=mark("DPT, DPTb and DPK add up to {found}, all lists are {wanted}."),
            applies_to=mark("lists stated one by one and together"),
        ),
        Rule(
            slug="users_sum",
            sentence=mark("Users on DPT, DPTb and DPK add up to {found}, the total is {wanted}."),
            applies_to=mark("users stated by list and in total"),
        ),
        Rule(
            slug="ballots_sum",
            sentence=mark("Valid and invalid ballots add up to {found}, the users are {wanted}."),
            applies_to=mark("rows with users, valid and invalid ballots"),
        ),
        Rule(
            slug="percentage",
            sentence=mark("The printed turnout is {found} percent, its parts give {wanted}."),
            applies_to=mark("printed percentages whose parts are stated"),
        ),
        Rule(
            slug="station_size",
            sentence=mark("The polling station has {found} voters on its DPT, the limit is {wanted}."),
            applies_to=mark("polling stations, where the election's limit is known"),
        ),
        Rule(
            slug="areas_sum",
            sentence=mark("{column}: the areas below add up to {found}, the row says {wanted}."),
            applies_to=mark("areas whose parts are stated by the same source"),
        ),
    )
}

FAILURE_SCHEMA: dict[str, type[pl.DataType]] = {
    "row": pl.Int64,  # position of the row in the counts, from 0
    "election": pl.String,
    "region": pl.String,
    "station": pl.String,
    "source": pl.String,
    "rule": pl.String,  # slug of a Rule
    "column": pl.String,  # the figure in question
    "found": pl.Float64,
    "wanted": pl.Float64,
}


class FailedCheckError(BilikError):
    """A row of a file that does not pass a check."""

    message = mark("{file}, row {row}: {sentence} Correct the row, or leave the wrong figure out.")

    def __init__(self, *, file: str, row: int, failure: dict[str, Any]) -> None:
        self.failure = failure
        super().__init__(file=file, row=row, sentence=_said(failure, str, _plain))

    def text(self, translate: Callable[[str], str]) -> str:
        """Return the sentence in the language of ``translate``, its figures as digits alone, as in the file."""
        said = _said(self.failure, translate, _plain)
        return translate(self.message).format(**self.facts | {"sentence": said})


class Checked(NamedTuple):
    """Counts after the checks. ``quarantined`` has a column ``rules`` with the slugs of the checks it failed."""

    clean: pl.DataFrame
    quarantined: pl.DataFrame
    failures: pl.DataFrame


def failures(
    counts: pl.DataFrame, elections: Sequence[Election], *, regions: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Return every failed check of the counts, one row each, in order of row and rule.

    With ``regions`` it is known whether all areas of a region are there; without, areas
    fail only where they add up to more than the region.
    """
    limits = {one.slug: one.station_size_limit for one in elections if one.station_size_limit is not None}
    rows = counts.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64)).lazy()
    found = pl.concat(pl.collect_all([*_row_checks(rows, limits)]))
    found = pl.concat([found, area_sum_failures(counts, regions)])
    order = {slug: place for place, slug in enumerate(RULES)}
    who = rows.select("row", "election", "region", "station", "source").collect()
    return (
        found.join(who, on="row", how="left", maintain_order="left")
        .sort("row", pl.col("rule").replace_strict(order, return_dtype=pl.Int64), "column", maintain_order=True)
        .select(pl.col(name).cast(dtype) for name, dtype in FAILURE_SCHEMA.items())
    )


def checked(counts: pl.DataFrame, elections: Sequence[Election], *, regions: pl.DataFrame | None = None) -> Checked:
    """Part the counts into rows that pass every check and rows that do not; none is dropped.

    The order of the rows is kept on both sides. Raises nothing: a failure is a finding.
    """
    found = failures(counts, elections, regions=regions)
    reasons = found.group_by("row", maintain_order=True).agg(rules=pl.col("rule").unique(maintain_order=True))
    numbered = counts.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    return Checked(
        clean=numbered.join(reasons, on="row", how="anti", maintain_order="left").drop("row"),
        quarantined=numbered.join(reasons, on="row", how="inner", maintain_order="left").drop("row"),
        failures=found,
    )


def sentence(failure: dict[str, Any], language: Language) -> str:
    """Say in the reader's language what is wrong: the rule's sentence with the figures of one failure."""
    return _said(failure, language.translate, language.number)


def _said(failure: dict[str, Any], translate: Callable[[str], str], write: Callable[[float, int], str]) -> str:
    digits = 0
    if failure["column"] == "published_percent":
        digits = max(2, len(f"{failure['found']:.4f}".rstrip("0").partition(".")[2]))
    rule = RULES[failure["rule"]]
    return translate(rule.sentence).format(
        column=translate(COLUMN_NAMES.get(failure["column"], failure["column"])),
        found=write(failure["found"], digits),
        wanted=write(failure["wanted"], digits),
    )


def _plain(value: float, digits: int) -> str:
    return f"{value:.{digits}f}"


def electorate() -> pl.Expr:
    """Return all voters of a row: the total if stated, else the sum of the lists stated, null without a DPT."""
    lists = pl.col("dpt") + pl.col("dptb").fill_null(0) + pl.col("dpk").fill_null(0)
    return pl.coalesce("all_lists", lists)


def _row_checks(rows: pl.LazyFrame, limits: dict[str, int]) -> Iterator[pl.LazyFrame]:
    zero = pl.lit(0)
    for name in WHOLE_COLUMNS:
        yield _failed(rows, "negative", name, (pl.col(name), zero, pl.col(name) < 0))
    percent = pl.col("published_percent")
    yield _failed(rows, "percent_over_100", "published_percent", (percent, pl.lit(100), percent > 100))  # noqa: PLR2004
    yield from _list_checks(rows)
    yield from _sum_checks(rows)
    yield _percentage(rows)
    limit = pl.col("election").replace_strict(limits, default=None, return_dtype=pl.Int64)
    too_large = pl.col("station").is_not_null() & (pl.col("dpt") > limit)
    yield _failed(rows, "station_size", "dpt", (pl.col("dpt"), limit, too_large))


def _list_checks(rows: pl.LazyFrame) -> Iterator[pl.LazyFrame]:
    for users, voters in _WITHIN:
        yield _failed(rows, "users_within_list", users, (pl.col(users), pl.col(voters), pl.col(users) > pl.col(voters)))
    only_dpt = pl.all_horizontal(pl.col("all_lists", "dptb", "dpk", "users_dpt").is_null())
    reserve = (
        pl.when(only_dpt & pl.col("station").is_not_null()).then((pl.col("dpt") * RESERVE_SHARE).ceil()).otherwise(0)
    )
    most = electorate() + reserve
    told_by_list = pl.col("users_dpt").is_not_null() & pl.col("all_lists").is_null()
    yield _failed(rows, "users_within_list", "users", (pl.col("users"), most, (pl.col("users") > most) & ~told_by_list))


def _sum_checks(rows: pl.LazyFrame) -> Iterator[pl.LazyFrame]:
    for name in _BY_SEX:
        parts = pl.col(f"{name}_male") + pl.col(f"{name}_female")
        yield _failed(rows, "sexes_sum", name, (parts, pl.col(name), parts != pl.col(name)))
    lists = pl.col("dpt") + pl.col("dptb") + pl.col("dpk")
    yield _failed(rows, "lists_sum", "all_lists", (lists, pl.col("all_lists"), lists != pl.col("all_lists")))
    users = pl.col("users_dpt") + pl.col("users_dptb") + pl.col("users_dpk")
    yield _failed(rows, "users_sum", "users", (users, pl.col("users"), users != pl.col("users")))
    ballots = pl.col("valid") + pl.col("invalid")
    tolerance = pl.when(pl.col("station").is_null()).then(pl.coalesce("stations_counted", "stations")).fill_null(0)
    off = (ballots - pl.col("users")).abs() > tolerance
    yield _failed(rows, "ballots_sum", "users", (ballots, pl.col("users"), off))


def _percentage(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Hold the printed percentage against the nearest one that the row's own parts give."""
    printed = pl.col("published_percent")
    gaps = pl.concat_list(
        pl.when(pl.col("denominator").is_null() | (pl.col("denominator") == basis.value)).then(
            _percent(basis) - printed
        )
        for basis in Denominator
    ).list.drop_nulls()
    nearest = gaps.list.get(gaps.list.eval(pl.element().abs()).list.arg_min(), null_on_oob=True)
    half_unit = 0.5 * pl.lit(10.0).pow(-pl.col("published_digits").fill_null(0))
    return _failed(
        rows, "percentage", "published_percent", (printed, printed + nearest, nearest.abs() > half_unit + _EXACT)
    )


def _percent(basis: Denominator) -> pl.Expr:
    numerator, denominator = basis.columns
    voters = electorate() if denominator == "all_lists" else pl.col(denominator)
    known = (
        pl.any_horizontal(pl.col("all_lists", "dptb", "dpk").is_not_null())
        if denominator == "all_lists"
        else pl.lit(value=True)
    )
    return pl.when(known & (voters > 0)).then(100 * pl.col(numerator) / voters)


def _failed(rows: pl.LazyFrame, rule: str, column: str, case: tuple[pl.Expr, pl.Expr, pl.Expr]) -> pl.LazyFrame:
    """Keep the rows of a case (found, wanted, wrong) that are wrong."""
    found, wanted, wrong = case
    return rows.filter(wrong).select(
        "row",
        rule=pl.lit(rule),
        column=pl.lit(column),
        found=found.cast(pl.Float64),
        wanted=wanted.cast(pl.Float64),
    )

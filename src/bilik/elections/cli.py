"""`bilik figures …`: what is known about past elections, from whom, and whether it adds up."""

from dataclasses import dataclass
from typing import cast

import click
import polars as pl

from bilik.elections.acceptance import VALUE_COLUMNS, accepted, accepted_statements, statements
from bilik.elections.checks import Checked, checked, sentence
from bilik.elections.contradictions import CONTRADICTION_SCHEMA, ContradictionKind, contradictions
from bilik.elections.elections import election_named
from bilik.elections.figures import Figures
from bilik.elections.files import read_counts, shipped_figures
from bilik.elections.names import COLUMN_NAMES
from bilik.foundation.commands import Format, format_option, language_of, print_rows
from bilik.foundation.door import Door
from bilik.foundation.errors import BilikError
from bilik.foundation.language import INDONESIAN, Language, mark
from bilik.foundation.sources import SourceKind
from bilik.regions.codes import dotted
from bilik.regions.hierarchy import named

_LIST = {
    "election": mark("Election"), "region": mark("Region"), "name": mark("Name"), "dpt": mark("DPT"),
    "all_lists": mark("All lists"), "users": mark("Users"), "valid": mark("Valid"), "invalid": mark("Invalid"),
    "stations": mark("TPS"), "published_percent": mark("Printed %"),
}  # fmt: skip
_SHOW = {
    "figure": mark("Figure"), "value": mark("Value"), "use": mark("Use"), "source": mark("Source"),
    "reason": mark("Reason"),
}  # fmt: skip
_SHOW_PLAIN = ("column", "value", "use", "source", "published_on", "reason")
_USES = {
    "accepted": mark("accepted"),
    "withheld": mark("withheld"),
    "quarantined": mark("quarantined"),
    "agreeing": mark("agrees"),
    "rival": mark("rival"),
}
_CHECK = {
    "row": mark("Row"), "election": mark("Election"), "region": mark("Region"), "station": mark("TPS"),
    "source": mark("Source"), "rule": mark("Check"), "finding": mark("Finding"),
}  # fmt: skip
_CONTRADICTIONS = {
    "election": mark("Election"), "region": mark("Region"), "figure": mark("Figure"), "value": mark("Accepted"),
    "source": mark("Source"), "other_value": mark("Other"), "other_source": mark("Other source"),
    "difference": mark("Difference"), "what": mark("What contradicts what"),
}  # fmt: skip
_SOURCES = {
    "source": mark("Source"), "publisher": mark("Publisher"), "title": mark("Title"),
    "published_on": mark("Published on"), "kind": mark("Kind"), "url": mark("Address"),
}  # fmt: skip
_FIRST_DATA_ROW = 2


class NothingStatedError(BilikError):
    """Nobody states anything about a region in an election."""

    message = mark("No source states anything about {region} in {election}.")


class FailedChecksError(BilikError):
    """Some rows of a file fail a check."""

    exit_code = 1
    message = mark("{file}: {failed} of {rows} rows fail a check.")


@dataclass(frozen=True, slots=True)
class ShippedDoor:
    """The figures that come with bilik, for commands that no workspace stands behind."""

    language: Language = INDONESIAN

    def figures(self, region: str | None = None) -> Figures:
        """Return the shipped figures of a region; raises ``NoShippedRegionError``."""
        return shipped_figures(region)


DEFAULT: Door = ShippedDoor()


def figures_of(ctx: click.Context, region: str | None = None) -> Figures:
    """Return the figures behind a command's door, the shipped ones where there is none."""
    door = ctx.obj if hasattr(ctx.obj, "figures") else DEFAULT
    return cast("Figures", door.figures(region))


@click.group(name="figures", help=mark("Published figures: lists, users, ballots, their sources and checks."))
def figures() -> None:
    """Gather the commands about figures."""


@figures.command("list", help=mark("List the accepted figures, one row per election and region."))
@click.option("--region", help=mark("Only this region, by its code."))
@click.option("--election", help=mark("Only this election."))
@format_option
@click.pass_context
def list_figures(ctx: click.Context, region: str | None, election: str | None, form: str) -> None:
    """Print the accepted figures."""
    code = None if region is None else dotted(region)
    known = figures_of(ctx, code)
    table = accepted(known)
    if code is not None:
        named(known.regions, code)
        table = table.filter(pl.col("region") == code)
    if election is not None:
        election_named(known.elections, election)
        table = table.filter(pl.col("election") == election)
    table = table.join(known.regions.select(region="code", name="name"), on="region", how="left")
    print_rows(_in_order(table, known).sort("place", "region"), form, _LIST, language_of(ctx))


@figures.command("show", help=mark("Show every statement about a region in an election, and which is used and why."))
@click.argument("region")
@click.argument("election")
@format_option
@click.pass_context
def show_figures(ctx: click.Context, region: str, election: str, form: str) -> None:
    """Print all statements, the accepted ones first."""
    code, language = dotted(region), language_of(ctx)
    known = figures_of(ctx, code)
    named(known.regions, code)
    election_named(known.elections, election)
    here = (pl.col("region") == code) & (pl.col("election") == election)
    rows = statements(known).filter(here)
    if rows.is_empty():
        raise NothingStatedError(region=code, election=election)
    told = _with_use(rows, known, language)
    if form != Format.TABLE:
        print_rows(told, form, dict.fromkeys(_SHOW_PLAIN, ""), language)
    else:
        uses = {use: language.translate(word) for use, word in _USES.items()}
        table = told.with_columns(
            figure=_figure_names(language), use=pl.col("use").replace_strict(uses, return_dtype=pl.String)
        )
        print_rows(table, form, _SHOW, language)
        whole = checked(known.counts, known.elections, regions=known.regions).failures
        for failure in whole.filter(here).to_dicts():
            click.echo(f"{failure['source']}: {sentence(failure, language)}")


@figures.command(
    "check",
    help=mark("Check a results file, or the figures at hand. A file with a failed check ends with exit code 1."),
)
@click.argument("file", required=False, type=click.Path())
@format_option
@click.pass_context
def check_figures(ctx: click.Context, file: str | None, form: str) -> None:
    """Print every failed check."""
    known, language = read_counts(file, strict=False) if file else figures_of(ctx), language_of(ctx)
    found = checked(known.counts, known.elections, regions=known.regions)
    finding = [sentence(failure, language) for failure in found.failures.to_dicts()]
    rows = found.failures.with_columns(pl.col("row") + _FIRST_DATA_ROW, finding=pl.Series(finding, dtype=pl.String))
    if rows.height or form != Format.TABLE:
        print_rows(rows, form, _CHECK, language)
    if form == Format.TABLE:
        click.echo(_verdict(found, language))
    if file and rows.height:
        raise FailedChecksError(file=file, failed=found.quarantined.height, rows=known.counts.height)


@figures.command("contradictions", help=mark("List where sources contradict the accepted figures."))
@format_option
@click.pass_context
def list_contradictions(ctx: click.Context, form: str) -> None:
    """Print statements that do not fit the accepted figures."""
    language = language_of(ctx)
    labels = {kind.value: language.translate(kind.label) for kind in ContradictionKind}
    rows = contradictions(figures_of(ctx)).with_columns(
        figure=_figure_names(language), what=pl.col("kind").replace_strict(labels, return_dtype=pl.String)
    )
    headings = _CONTRADICTIONS if form == Format.TABLE else dict.fromkeys(CONTRADICTION_SCHEMA, "")
    print_rows(rows, form, headings, language)


@figures.command("sources", help=mark("List the sources of all figures."))
@format_option
@click.pass_context
def list_sources(ctx: click.Context, form: str) -> None:
    """Print the sources, the oldest first."""
    language = language_of(ctx)
    rows = figures_of(ctx).sources.sort("published_on", "source", nulls_last=True)
    if form == Format.TABLE:
        labels = {kind.value: language.translate(kind.label) for kind in SourceKind}
        rows = rows.with_columns(pl.col("kind").replace_strict(labels, return_dtype=pl.String))
    print_rows(rows, form, _SOURCES, language)


def _in_order(table: pl.DataFrame, known: Figures) -> pl.DataFrame:
    """Add ``place``: how many elections at hand are earlier."""
    order = {one.slug: place for place, one in enumerate(known.elections)}
    return table.with_columns(place=pl.col("election").replace_strict(order, default=len(order), return_dtype=pl.Int64))


def _figure_names(language: Language) -> pl.Expr:
    names = {column: language.translate(name) for column, name in COLUMN_NAMES.items()}
    return pl.col("column").replace_strict(names, default=pl.col("column"), return_dtype=pl.String)


def _with_use(rows: pl.DataFrame, known: Figures, language: Language) -> pl.DataFrame:
    """Say of each statement whether it is used, why, and what became of the others."""
    key = ["election", "region", "column"]
    reason = f"reason_{language.code}"
    chosen = accepted_statements(known).select(*key, "source", accepted=pl.lit(value=True))
    withheld = known.acceptances.filter(pl.col("source").fill_null("") == "").select(*key, why=reason)
    use = (
        pl.when(pl.col("accepted"))
        .then(pl.lit("accepted"))
        .when(pl.col("why").is_not_null())
        .then(pl.lit("withheld"))
        .when(pl.col("quarantined"))
        .then(pl.lit("quarantined"))
        .when(pl.col("value") == pl.col("value").filter(pl.col("accepted")).first().over(key))
        .then(pl.lit("agreeing"))
        .otherwise(pl.lit("rival"))
    )
    return (
        rows.join(chosen, on=[*key, "source"], how="left", maintain_order="left")
        .join(withheld, on=key, how="left", maintain_order="left")
        .with_columns(use=use, reason=pl.coalesce(pl.col(reason), "why"))
        .sort(
            pl.col("column").cast(pl.Enum(VALUE_COLUMNS)),
            "accepted",
            descending=[False, True],
            nulls_last=True,
            maintain_order=True,
        )
    )


def _verdict(found: Checked, language: Language) -> str:
    if not found.failures.height:
        return language.say("All {rows} rows pass every check.", rows=language.whole(found.clean.height))
    return language.say(
        "{failed} of {rows} rows fail a check; their figures are not used unless somebody decided so.",
        failed=language.whole(found.quarantined.height),
        rows=language.whole(found.clean.height + found.quarantined.height),
    )

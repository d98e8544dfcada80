"""`bilik regions …`: codes and names of places, and the check of boundaries."""

import click
import polars as pl

from bilik.foundation.commands import Format, format_option, language_of, print_rows
from bilik.foundation.errors import BilikError, SeveralErrors
from bilik.foundation.language import Language, mark
from bilik.regions.boundaries import boundary_faults
from bilik.regions.codes import Level, dotted, level_of
from bilik.regions.files import (
    children_in_nation,
    named_in_nation,
    read_boundaries,
    read_regions,
    region_in_nation,
    shipped_regions,
)
from bilik.regions.hierarchy import below, unknown

_ROWS = {"code": mark("Code"), "name": mark("Name"), "level_name": mark("Level"), "parent": mark("Above")}
_PATHS = {"code": mark("Code"), "name": mark("Name"), "level_name": mark("Level"), "path": mark("Where")}

file_option = click.option(
    "--file", "own", type=click.Path(), help=mark("Regions of your own, as CSV, XLSX or Parquet.")
)


class FaultyBoundariesError(BilikError):
    """A file of boundaries has faults."""

    exit_code = 1
    message = mark("{file}: {count} faults in the boundaries.")


@click.group(name="regions", help=mark("Places: codes, names, levels and boundaries."))
def regions() -> None:
    """Gather the commands about regions."""


@regions.command("list", help=mark("List regions; those directly below a code, or of one level below it."))
@click.option("--below", "above", default="00", show_default=True, help=mark("Code of the region above."))
@click.option("--level", type=click.Choice([level.value for level in Level]), help=mark("Only this level."))
@file_option
@format_option
@click.pass_context
def list_regions(ctx: click.Context, above: str, level: str | None, *, own: str | None, form: str) -> None:
    """Print the regions below a code."""
    code = dotted(above)
    wanted = Level(level) if level else None
    rows = below(read_regions(own), code, wanted) if own else _in_nation(code, wanted)
    _print(ctx, rows, form)


@regions.command("show", help=mark("Show one region of Indonesia and what it lies in."))
@click.argument("code")
@format_option
@click.pass_context
def show_region(ctx: click.Context, code: str, form: str) -> None:
    """Print one region with the way up."""
    found = region_in_nation(code)
    if found is None:
        raise unknown(shipped_regions(), dotted(code))
    _print(ctx, pl.DataFrame([found]), form)


@regions.command("search", help=mark("Find regions by name."))
@click.argument("name")
@click.option("--below", "above", help=mark("Code of the region above."))
@format_option
@click.pass_context
def search_regions(ctx: click.Context, name: str, above: str | None, form: str) -> None:
    """Print the regions whose name is like the one given, the best first."""
    _print(ctx, named_in_nation(name, above=dotted(above) if above else None), form)


@regions.command(
    "check-boundaries",
    help=mark("Check a GeoJSON file of boundaries against the regions below a code. Faults end with exit code 1."),
)
@click.argument("file", type=click.Path())
@click.option("--below", "above", help=mark("Code of the region above; else the one that all codes of the file share."))
@file_option
@format_option
@click.pass_context
def check_boundaries(ctx: click.Context, file: str, above: str | None, *, own: str | None, form: str) -> None:
    """Print every fault of the boundaries."""
    language, found = language_of(ctx), read_boundaries(file)
    level = level_of(found.codes[0])
    code = dotted(above) if above else _shared(found.codes)
    wanted = below(read_regions(own), code, level) if own else _in_nation(code, level)
    faults = boundary_faults(found, dict(wanted.select("code", "name").iter_rows()))
    if form == Format.TABLE:
        click.echo(language.say("{count} boundaries, {faults} faults.", count=len(found.codes), faults=len(faults)))
    else:
        rows = pl.DataFrame(
            {"fault": [fault.text(language.translate) for fault in faults]}, schema={"fault": pl.String}
        )
        print_rows(rows, form, {"fault": mark("Fault")}, language)
    if faults:
        raise SeveralBoundaryErrors([*faults, FaultyBoundariesError(file=file, count=len(faults))])


class SeveralBoundaryErrors(SeveralErrors):
    """The faults of boundaries that were checked, as opposed to a file that could not be."""

    exit_code = 1


def _in_nation(code: str, level: Level | None) -> pl.DataFrame:
    """Return the regions directly below a code, or those of a level below it, from the nation's list."""
    if region_in_nation(code) is None:
        raise unknown(shipped_regions(), code)
    rows = children_in_nation(code)
    if level is None:
        return rows
    while not rows.is_empty() and Level(rows["level"][0]).depth < level.depth:
        rows = pl.concat([children_in_nation(child) for child in rows["code"]])
    return rows.filter(pl.col("level") == level.value)


def _shared(codes: tuple[str, ...]) -> str:
    """Return the deepest region that all codes lie in."""
    ways = [code.split(".")[:-1] for code in codes]
    shared = [parts[0] for parts in zip(*ways, strict=False) if len(set(parts)) == 1]
    return ".".join(shared) or "00"


def _print(ctx: click.Context, rows: pl.DataFrame, form: str) -> None:
    language: Language = language_of(ctx)
    names = {level.value: language.translate(level.label) for level in Level}
    said = rows.with_columns(level_name=pl.col("level").replace_strict(names, return_dtype=pl.String))
    headings = _PATHS if "path" in rows.columns else _ROWS
    if form != Format.TABLE:
        headings = {("level" if name == "level_name" else name): title for name, title in headings.items()}
    print_rows(said, form, headings, language)

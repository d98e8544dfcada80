"""``bilik turnout …``: history, forecast, targets, backtest and brief, on the workspace or straight on a file."""

import datetime
import json
import textwrap
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
import polars as pl

from bilik.elections.denominators import Denominator
from bilik.elections.figures import Figures
from bilik.foundation.commands import Format, csv_text, format_option, print_rows, table_text
from bilik.foundation.door import Door
from bilik.foundation.language import Language, mark
from bilik.regions.codes import dotted
from bilik.turnout.question import region_asked, with_next_election

if TYPE_CHECKING:
    from bilik.turnout.brief import BriefContent
    from bilik.turnout.outlook import Floats, Forecast

SEED = 640_711
TARGET = 0.75


def figures_option(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--counts`` and ``--region``; it is called with the figures and the region asked about."""

    @click.option("--counts", type=click.Path(), help=mark("A file of results to read instead of the workspace."))
    @click.option("--region", help=mark("Code of the region, such as 64.71."))
    @click.pass_obj
    @wraps(command)  # innermost: it would carry the command's own list of options over the two above
    def with_figures(door: Door, /, *, counts: str | None, region: str | None, **options: Any) -> None:  # noqa: ANN401
        code = dotted(region) if region else None
        if counts:
            from bilik.elections.files import read_counts  # noqa: PLC0415 -- not needed on a workspace

            figures = read_counts(counts)
        else:
            figures = cast("Figures", door.figures(code))
        command(door, figures=figures, region=region_asked(figures, code), **options)

    return with_figures


def denominator_option(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--basis``."""
    return click.option(
        "--basis",
        type=click.Choice([denominator.value for denominator in Denominator]),
        default=Denominator.USERS_OF_DPT.value,
        show_default=True,
        help=mark("What is divided by what."),
    )(command)


def question_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a forecast with targets."""
    for option in reversed(
        (
            click.option("--election", help=mark("Name of the election, such as pilwali-2031.")),
            click.option(
                "--target", type=float, default=TARGET, show_default=True, help=mark("Target as a share: 0.75.")
            ),
            click.option(
                "--electorate", type=click.IntRange(min=1), help=mark("Voters on the list, if not the latest list.")
            ),
            click.option(
                "--rule",
                type=click.Choice(["logit_shift", "equal_points", "best_quartile"]),
                default="logit_shift",
                show_default=True,
                help=mark("How the target is split over the areas."),
            ),
            click.option(
                "--ceiling", type=float, default=0.95, show_default=True, help=mark("No area is asked for more.")
            ),
            click.option("--seed", type=int, default=SEED, show_default=True, help=mark("Start of the random draws.")),
            click.option(
                "--draws", type=click.IntRange(100, 200_000), default=4000, show_default=True, help=mark("Draws.")
            ),
        )
    ):
        command = option(command)
    return command


@click.group(help=mark("History, forecast, targets, backtest and brief."))
def turnout() -> None:
    """Group of commands."""


@turnout.command(help=mark("Turnout of past elections on one basis, with what contradicts it."))
@figures_option
@denominator_option
@click.option("--level", type=click.Choice(["district", "ward"]), help=mark("The areas below, where they are counted."))
@format_option
def history(door: Door, *, figures: Figures, region: str, basis: str, level: str | None, form: str) -> None:
    """Print the history."""
    from bilik.turnout import history as past  # noqa: PLC0415 -- slow imports, only where they are used

    denominator = Denominator(basis)
    if level:
        rows = past.area_history(figures, region=region, denominator=denominator, level=level)
    else:
        rows = past.history(figures, region=region, denominator=denominator)
    shown = _in_percent(rows, form, "share", "invalid_share")
    if form == Format.TABLE:
        words = {basis.value: door.language.translate(basis.label) for basis in past.Basis}
        shown = shown.with_columns(pl.col("basis").replace(words))
    print_rows(shown, form, HISTORY_HEADINGS, door.language)


HISTORY_HEADINGS = {
    "election": mark("Election"),
    "region": mark("Region"),
    "held_on": mark("Day"),
    "electorate": mark("On the list"),
    "users": mark("Voted"),
    "share": mark("Turnout (%)"),
    "basis": mark("Basis"),
    "contradicted": mark("Contradicted"),
    "invalid_share": mark("Invalid (%)"),
}


def _in_percent(rows: pl.DataFrame, form: str, *shares: str) -> pl.DataFrame:
    """Return shares as percentages for people; JSON and CSV keep shares of 0 to 1."""
    return rows.with_columns((pl.col(shares) * 100).round(1)) if form == Format.TABLE else rows


def _worked_out(figures: Figures, region: str, options: dict[str, Any]) -> tuple[Figures, "Forecast", "Floats"]:
    """Work out a forecast with targets; the figures come back with the election that was asked about."""
    import numpy as np  # noqa: PLC0415 -- slow imports, only where they are used

    from bilik.turnout.forecast import checked_target  # noqa: PLC0415
    from bilik.turnout.forecast import forecast as forecast_of  # noqa: PLC0415
    from bilik.turnout.targets import SplitRule, area_targets  # noqa: PLC0415

    target = checked_target(options["target"])
    asked, election = with_next_election(figures, region, options["election"])
    made = forecast_of(
        asked,
        region=region,
        election=election,
        rng=np.random.default_rng(options["seed"]),
        draws=options["draws"],
        electorate=options["electorate"],
    )
    split = area_targets(
        made.area_medians,
        made.electorate,
        target=target,
        rule=SplitRule(options["rule"]),
        ceiling=options["ceiling"],
    )
    return asked, made, split


def _record(figures: Figures, region: str, options: dict[str, Any]) -> dict[str, Any]:
    """Return the object that is printed, and the election's name."""
    from bilik.turnout.forecast import forecast_record  # noqa: PLC0415 -- slow imports, only where they are used

    _asked, made, split = _worked_out(figures, region, options)
    return {**forecast_record(made, options["target"], split), "name": made.election_name}


@turnout.command(help=mark("How many will come, how likely a target is, how many voters are missing."))
@figures_option
@question_options
@format_option
def forecast(door: Door, *, figures: Figures, region: str, form: str, **options: Any) -> None:  # noqa: ANN401
    """Print the forecast."""
    record = _record(figures, region, options)
    name = record.pop("name")
    if form == Format.JSON:
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
    elif form == Format.CSV:
        click.echo(csv_text(_area_frame(record)), nl=False)
    else:
        click.echo(_spoken(record, name, door.language))
        click.echo()
        click.echo(table_text(_area_table(record), AREA_HEADINGS, door.language))


def _spoken(record: dict[str, Any], name: str, language: Language) -> str:
    low, high = record["interval_80"]
    missing = record["missing_voters"]
    return language.say(
        mark(
            "{name}: forecast {median}, in 8 of 10 cases {low} to {high}. Chance of reaching {target}: {chance}. "
            "Missing: {missing} voters ({fewest} to {most})."
        ),
        name=name,
        median=language.percent(record["median_share"]),
        low=language.percent(low),
        high=language.percent(high),
        target=language.percent(record["target_share"]),
        chance=language.chance(record["chance_of_target"]),
        missing=language.whole(missing["median"]),
        fewest=language.whole(missing["low"]),
        most=language.whole(missing["high"]),
    )


AREA_HEADINGS = {
    "code": mark("Code"),
    "name": mark("Area"),
    "electorate": mark("On the list"),
    "median_share": mark("Forecast (%)"),
    "low_80": mark("from"),
    "high_80": mark("to"),
    "target_share": mark("Target (%)"),
    "missing_voters": mark("Missing"),
}


def _area_table(record: dict[str, Any]) -> pl.DataFrame:
    shares = ["median_share", "low_80", "high_80", "target_share"]
    return _area_frame(record).with_columns((pl.col(shares) * 100).round(1)).select(list(AREA_HEADINGS))


def _area_frame(record: dict[str, Any]) -> pl.DataFrame:
    """Return the record's areas with their bands as columns."""
    bands = {"interval_80": ("low_80", "high_80"), "missing_voters_80": ("missing_low_80", "missing_high_80")}
    table = pl.DataFrame(record["areas"])
    return table.with_columns(
        pl.col(band).list.get(end).alias(name) for band, names in bands.items() for end, name in enumerate(names)
    ).drop(list(bands))


@turnout.command(help=mark("A target for every area."))
@figures_option
@question_options
@format_option
def targets(door: Door, *, figures: Figures, region: str, form: str, **options: Any) -> None:  # noqa: ANN401
    """Print the targets."""
    record = _record(figures, region, options)
    rows = _area_frame(record).with_columns(
        target_people=(pl.col("target_share") * pl.col("electorate")).round().cast(pl.Int64),
        points=((pl.col("target_share") - pl.col("median_share")) * 100).round(1),
    )
    print_rows(_in_percent(rows, form, "median_share", "target_share"), form, TARGET_HEADINGS, door.language)


TARGET_HEADINGS = {
    "code": mark("Code"),
    "name": mark("Area"),
    "electorate": mark("On the list"),
    "median_share": mark("Forecast (%)"),
    "target_share": mark("Target (%)"),
    "points": mark("Points to gain"),
    "target_people": mark("People to come"),
    "missing_voters": mark("Missing"),
}


@turnout.command(help=mark("What would have been forecast before each past election, beside what happened."))
@figures_option
@click.option("--seed", type=int, default=SEED, show_default=True, help=mark("Start of the random draws."))
@format_option
def backtest(door: Door, *, figures: Figures, region: str, seed: int, form: str) -> None:
    """Print the backtest."""
    import numpy as np  # noqa: PLC0415 -- slow imports, only where they are used

    from bilik.turnout.backtest import backtest as tested  # noqa: PLC0415

    rows = tested(figures, region=region, rng=np.random.default_rng(seed))
    shown = _in_percent(rows, form, "actual_share", "median", "low_80", "high_80")
    scores = ["crps", "crps_last_of_kind", "crps_mean_of_kind"]
    print_rows(shown.with_columns(pl.col(scores).round(2)), form, BACKTEST_HEADINGS, door.language)


BACKTEST_HEADINGS = {
    "election": mark("Election"),
    "held_on": mark("Day"),
    "actual_share": mark("Happened (%)"),
    "median": mark("Forecast (%)"),
    "low_80": mark("from"),
    "high_80": mark("to"),
    "covered_80": mark("Inside 80%"),
    "crps": mark("Score"),
    "crps_last_of_kind": mark("Last of the kind"),
    "crps_mean_of_kind": mark("Mean of the kind"),
}


@turnout.command(help=mark("The brief for the head of the office, as PDF or XLSX."))
@figures_option
@question_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("brief.pdf"),
    show_default=True,
    help=mark("File to write."),
)
@click.option("--letterhead", type=click.Path(path_type=Path), help=mark("TOML file of the office's letterhead."))
def brief(
    door: Door,
    *,
    figures: Figures,
    region: str,
    output: Path,
    letterhead: Path | None,
    **options: Any,  # noqa: ANN401
) -> None:
    """Write the brief."""
    from bilik.turnout.documents import brief_pdf, brief_xlsx  # noqa: PLC0415 -- slow imports, only where they are used
    from bilik.turnout.files import UnknownFormError, letterhead_for, write_document  # noqa: PLC0415
    from bilik.turnout.regions import checked_region  # noqa: PLC0415

    form = output.suffix.lower()
    if form not in {".pdf", ".xlsx"}:
        raise UnknownFormError(file=output)
    head = letterhead_for(letterhead, checked_region(figures, region))
    content = _content(figures, region, options, door.language)
    body = brief_pdf(content, head, door.language) if form == ".pdf" else brief_xlsx(content, door.language)
    write_document(output, body)
    click.echo(door.language.say(mark("Written: {file}"), file=output))


def _content(figures: Figures, region: str, options: dict[str, Any], language: Language) -> "BriefContent":
    import numpy as np  # noqa: PLC0415 -- slow imports, only where they are used

    from bilik.turnout.backtest import backtest as tested  # noqa: PLC0415
    from bilik.turnout.backtest import said_before  # noqa: PLC0415
    from bilik.turnout.briefing import Outlook, brief_content  # noqa: PLC0415

    asked, made, split = _worked_out(figures, region, options)
    seed = options["seed"]
    outlook = Outlook(
        forecast=made,
        target=options["target"],
        targets=split,
        records=tested(asked, region=region, rng=np.random.default_rng(seed)),
        early=said_before(asked, region=region, rng=np.random.default_rng(seed)),
    )
    today = datetime.datetime.now(tz=datetime.UTC).date()
    return brief_content(asked, outlook, dated=today, language=language, tiles=_tiles(region))


def _tiles(region: str) -> pl.DataFrame | None:
    """Return the hand-placed squares of a region, where some are shipped."""
    from bilik.regions.files import NoShippedRegionError, shipped_tiles  # noqa: PLC0415 -- only for a brief

    try:
        return shipped_tiles(region)
    except NoShippedRegionError:
        return None


def print_brief(door: Door, *, region: str, election: str, target: float) -> None:
    """Print the brief in the terminal: one table, five sentences."""
    figures = cast("Figures", door.figures(region))
    options = {
        "election": election, "target": target, "electorate": None, "rule": "logit_shift", "ceiling": 0.95,
        "seed": SEED, "draws": 4000,
    }  # fmt: skip
    content = _content(figures, region, options, door.language)
    shares = ["median", "low_80", "high_80", "target_share"]
    table = content.districts.with_columns((pl.col(shares) * 100).round(1))
    click.echo(f"\n{content.title}\n")
    click.echo(table_text(table.select(list(DISTRICT_HEADINGS)), DISTRICT_HEADINGS, door.language))
    click.echo()
    for sentence in content.sentences:
        click.echo(textwrap.fill(sentence, width=100, initial_indent="• ", subsequent_indent="  "))
    click.echo()


DISTRICT_HEADINGS = {
    "name": mark("District"),
    "electorate": mark("On the list"),
    "median": mark("Forecast (%)"),
    "low_80": mark("from"),
    "high_80": mark("to"),
    "target_share": mark("Target (%)"),
    "missing": mark("Missing"),
}

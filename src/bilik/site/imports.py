"""``bilik import``: take a file of counts into the workspace, after showing what it would change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import polars as pl

from bilik.foundation.commands import format_option, print_rows, table_text
from bilik.foundation.errors import BilikError
from bilik.foundation.language import Language, mark
from bilik.foundation.sources import SourceKind
from bilik.site.workspace import folder_in_use, open_workspace

if TYPE_CHECKING:
    from bilik.elections.figures import Figures
    from bilik.elections.intake import Weighed
    from bilik.foundation.door import Door

_STANDINGS = {"standing": mark("What becomes of it"), "row_count": mark("Rows")}
_RULES = {"rule": mark("Check"), "row_count": mark("Rows"), "row": mark("Row"), "finding": mark("First example")}


@click.command("import", help=mark("Take a file of counts into the workspace, after showing what it would change."))
@click.argument("file", type=click.Path())
@click.option("--election", required=True, help=mark("The election that the counts are of."))
@click.option("--publisher", required=True, help=mark("Who published the file."))
@click.option("--title", required=True, help=mark("What the file is called there."))
@click.option("--url", default="", help=mark("Address where it was published."))
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in SourceKind]),
    default=SourceKind.INTERNAL.value,
    show_default=True,
    help=mark("How far the source binds."),
)
@click.option("--dry-run", is_flag=True, help=mark("Only show what would change."))
@click.option("--all-or-nothing", is_flag=True, help=mark("Keep nothing if any cell has a fault."))
@click.pass_obj
def import_counts(
    door: Door, /, file: str, *, election: str, dry_run: bool, all_or_nothing: bool, **source: str
) -> None:
    """Show the dry run of every reading in the file, then keep the rows."""
    from bilik.site.assembly import enter, make_ready  # noqa: PLC0415 -- Django is slow to load

    workspace = open_workspace(folder_in_use())
    enter(workspace)
    make_ready(workspace)
    from bilik.elections.described_source import described_source  # noqa: PLC0415
    from bilik.elections.intake import rows_to_keep  # noqa: PLC0415 -- models load after Django is set up
    from bilik.elections.web.store import figures  # noqa: PLC0415

    found = _weighed(file, election, source, figures())
    for weighed in found:
        _show(weighed, door.language)
    kept = [rows_to_keep(weighed, good_only=not all_or_nothing) for weighed in found]
    if dry_run:
        click.echo(door.language.say(mark("This was a dry run: nothing was kept.")))
        return
    for weighed, counts in zip(found, kept, strict=True):
        _keep(counts, described_source(**source, reading=weighed.intake.mapping.reading), weighed, door.language)


def _weighed(file: str, election: str, source: dict[str, str], known: Figures) -> list[Weighed]:
    """Take every reading of the file in and hold it against the workspace."""
    from bilik.elections.described_source import described_source  # noqa: PLC0415 -- slow imports
    from bilik.elections.elections import election_named  # noqa: PLC0415
    from bilik.elections.intake import intake, weigh  # noqa: PLC0415
    from bilik.elections.mapping import proposed_mappings  # noqa: PLC0415
    from bilik.foundation.files import read_frame  # noqa: PLC0415

    election_named(known.elections, election)
    frame = read_frame(file)
    taken = [
        intake(
            frame,
            file=Path(file).name,
            mapping=mapping,
            election=election,
            source=described_source(**source, reading=mapping.reading)["source"],
            regions=known.regions,
        )
        for mapping in proposed_mappings(frame.columns)
    ]
    return [weigh(one, known) for one in taken]


def _show(weighed: Weighed, language: Language) -> None:
    """Print what becomes of the rows, which checks fail, and every fault of the cells."""
    from bilik.elections.checks import sentence  # noqa: PLC0415 -- slow imports, only where they are used

    taken = weighed.intake
    click.echo(f"\n{taken.file} → {taken.source}")
    read = ", ".join(f"{heading} → {name}" for name, heading in taken.mapping.read_from.items())
    click.echo(language.say(mark("Read: {read}."), read=read))
    if taken.mapping.unmapped:
        click.echo(language.say(mark("Not read: {headings}."), headings=", ".join(taken.mapping.unmapped)))
    rows = [(language.translate(standing.label), count) for standing, count in weighed.standings().items()]
    rows.append((language.say(mark("With a faulty cell: set apart")), taken.set_apart.height))
    click.echo(table_text(pl.DataFrame(rows, schema=list(_STANDINGS), orient="row"), _STANDINGS, language))
    examples = [
        {"rule": rule, "row_count": count, "row": str(first["file_row"]), "finding": sentence(first, language)}
        for rule, count in weighed.rules().iter_rows()
        for first in weighed.examples(rule)[:1]
    ]
    if examples:
        click.echo("\n" + table_text(pl.DataFrame(examples), _RULES, language))
    for error in taken.errors():
        click.echo(error.text(language.translate))


def _keep(counts: pl.DataFrame, source: dict[str, str], weighed: Weighed, language: Language) -> None:
    from bilik.elections.web.intake_actions import already_kept, keep_counts  # noqa: PLC0415 -- models load later

    file = weighed.intake.file
    if counts.is_empty() or already_kept(counts) is not None:
        click.echo(language.say(mark("{file}: no row is new for {source}; nothing was kept."), file=file, **source))
        return
    record = keep_counts(counts, source=source, name=file, by=None)
    said = mark("{file}: {count} rows are kept for {source}. Receipt: {receipt}")
    click.echo(
        language.say(said, file=file, count=language.whole(counts.height), receipt=record.content_hash, **source)
    )


class UnknownReceiptError(BilikError):
    """No import has that receipt."""

    message = mark("No import has a receipt that begins with {receipt}. See all of them: bilik imports.")


_IMPORTS = {
    "receipt": mark("Receipt"),
    "name": mark("File"),
    "row_count": mark("Rows"),
    "imported_on": mark("Day"),
    "in_force": mark("in force"),
}
_SHORT = 12


@click.command(help=mark("List the imports of the workspace; take a whole one back, or put it back in force."))
@click.option("--undo", "undone", metavar="RECEIPT", help=mark("Take this import out of force."))
@click.option("--put-back", "restored", metavar="RECEIPT", help=mark("Put this import back in force."))
@format_option
@click.pass_obj
def imports(door: Door, /, *, undone: str | None, restored: str | None, form: str) -> None:
    """List all imports, after taking one back or putting one back."""
    from bilik.site.assembly import enter, make_ready  # noqa: PLC0415 -- Django is slow to load

    workspace = open_workspace(folder_in_use())
    enter(workspace)
    make_ready(workspace)
    from bilik.elections.web.intake_actions import count_files, put_back_in_force, take_out_of_force  # noqa: PLC0415

    for receipt, act in ((undone, take_out_of_force), (restored, put_back_in_force)):
        if receipt:
            found = [file for file in count_files() if file.content_hash.startswith(receipt)]
            if len(found) != 1:
                raise UnknownReceiptError(receipt=receipt)
            act(found[0], by=None)
    rows = [
        (file.content_hash[:_SHORT], file.name, file.row_count, file.imported_at.date(), file.in_force)
        for file in count_files()
    ]
    print_rows(pl.DataFrame(rows, schema=list(_IMPORTS), orient="row"), form, _IMPORTS, door.language)

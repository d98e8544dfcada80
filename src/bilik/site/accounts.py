"""``bilik accounts …``: what the deeds of a workspace say of themselves."""

import click

from bilik.foundation.door import Door
from bilik.foundation.errors import BilikError
from bilik.foundation.language import mark
from bilik.site.workspace import folder_in_use, open_workspace


class BrokenChainError(BilikError):
    """A deed was changed, swapped or removed after it was done."""

    message = mark(
        "The chain of deeds is broken at deed {number}: it, or the one before it, is not what was written then. "
        "{held} deeds before it hold. Compare the workspace with the last backup whose chain holds."
    )
    exit_code = 6


@click.group(help=mark("People, offices and their deeds."))
def accounts() -> None:
    """Group of commands."""


@accounts.command("verify-chain", help=mark("Check that no deed was changed, swapped or removed since it was done."))
@click.pass_obj
def verify_chain(door: Door) -> None:
    """Walk the chain and print its end, or name the first broken link."""
    from bilik.site.assembly import enter  # noqa: PLC0415 -- Django is slow to load

    enter(open_workspace(folder_in_use()))
    from bilik.accounts.chain import verdict  # noqa: PLC0415 -- models load after Django is set up
    from bilik.accounts.web.store import chain  # noqa: PLC0415

    found = verdict(chain())
    if found.broken is not None:
        raise BrokenChainError(number=found.broken, held=found.held_count)
    said = mark("All {held} deeds hold. End of the chain: {end}")
    click.echo(door.language.say(said, held=door.language.whole(found.held_count), end=found.end))

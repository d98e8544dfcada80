"""The workspace as commands see it: the same frames that the pages read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from bilik.foundation.language import Language, mark
from bilik.site.workspace import VARIABLE, folder_in_use, open_workspace

if TYPE_CHECKING:
    from bilik.elections.figures import Figures


@dataclass(frozen=True, slots=True)
class WorkspaceDoor:
    """Commands' way to the figures of the workspace in use.

    Where no workspace was named and none lies here, the figures shipped with bilik answer,
    and the answer says so.
    """

    language: Language

    def figures(self, region: str | None = None) -> Figures:
        """Return all figures of the workspace, or the shipped ones of ``region``."""
        folder = folder_in_use()
        if VARIABLE not in os.environ and not folder.exists():
            from bilik.elections.files import shipped_figures  # noqa: PLC0415 -- slow imports, only where they are used

            said = mark("No workspace in {folder}: these are the figures shipped with bilik.")
            click.echo(self.language.say(said, folder=folder), err=True)
            return shipped_figures(region)
        from bilik.site.assembly import enter, make_ready  # noqa: PLC0415 -- Django is slow to load

        workspace = open_workspace(folder)
        enter(workspace)
        make_ready(workspace)  # its tables may be those of an older bilik
        from bilik.elections.web.store import figures  # noqa: PLC0415 -- models load after Django is set up

        return figures()

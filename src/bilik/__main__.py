"""``python -m bilik`` and the command ``bilik``: every domain's commands under one name."""

import sys

from bilik.cli import Entry, run
from bilik.foundation.door import Door
from bilik.foundation.language import Language, mark

ENTRIES = {
    "demo": Entry(
        "bilik.site.commands:demo", mark("Build the pilot city's workspace, print its brief, serve the site.")
    ),
    "serve": Entry("bilik.site.commands:serve", mark("Serve the site on the workspace that is there.")),
    "boundaries": Entry("bilik.site.commands:boundaries", mark("Draw the maps with boundaries from a GeoJSON file.")),
    "import": Entry("bilik.site.imports:import_counts", mark("Take a file of counts into the workspace.")),
    "imports": Entry("bilik.site.imports:imports", mark("List imports, take one back, or put it back.")),
    "accounts": Entry("bilik.site.accounts:accounts", mark("People, offices and their deeds.")),
    "turnout": Entry("bilik.turnout.cli:turnout", mark("History, forecast, targets, backtest and brief.")),
    "figures": Entry("bilik.elections.cli:figures", mark("Published figures, their sources and their checks.")),
    "regions": Entry("bilik.regions.cli:regions", mark("Codes and names of regions, and their boundaries.")),
}


def workspace_door(language: Language) -> Door:
    """Return the commands' way to the workspace; nothing is opened until figures are asked for."""
    from bilik.site.door import WorkspaceDoor  # noqa: PLC0415 -- not before a command needs it

    return WorkspaceDoor(language)


def main() -> None:
    """Run the command line."""
    raise SystemExit(run(ENTRIES, workspace_door, sys.argv[1:]))


if __name__ == "__main__":
    main()

"""The workspace as commands see it: the same frames that the pages read."""

from dataclasses import dataclass

from bilik.elections.figures import Figures
from bilik.foundation.language import Language
from bilik.site.workspace import folder_in_use, open_workspace


@dataclass(frozen=True, slots=True)
class WorkspaceDoor:
    """Commands' way to the figures of the workspace in use."""

    language: Language

    def figures(self, region: str | None = None) -> Figures:  # noqa: ARG002 -- a workspace holds all its regions
        """Return all figures of the workspace."""
        from bilik.site.assembly import enter  # noqa: PLC0415 -- Django is slow to load

        enter(open_workspace(folder_in_use()))
        from bilik.elections.web.store import figures  # noqa: PLC0415 -- models load after Django is set up

        return figures()

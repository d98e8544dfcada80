"""The demonstration: the pilot city's published figures and made-up people, in a workspace of its own."""

from pathlib import Path

from bilik.site.assembly import enter, make_ready
from bilik.site.workspace import Workspace, WorkspaceKind, make_workspace

PILOT = "64.71"


def build_demonstration(folder: Path) -> Workspace:
    """Make the demonstration's workspace, or bring the one that is there up to date."""
    workspace = make_workspace(folder, WorkspaceKind.DEMO)
    enter(workspace)
    make_ready(workspace)
    _fill()
    return workspace


def _fill() -> None:
    from bilik.accounts.web.demo import admit_demo_people  # noqa: PLC0415 -- models load after Django is set up
    from bilik.elections.files import shipped_figures  # noqa: PLC0415
    from bilik.elections.web.actions import keep_figures  # noqa: PLC0415
    from bilik.elections.web.models import CountFile  # noqa: PLC0415
    from bilik.regions.files import shipped_tiles  # noqa: PLC0415
    from bilik.regions.web.actions import keep_regions  # noqa: PLC0415
    from bilik.turnout.files import shipped_target_statements  # noqa: PLC0415
    from bilik.turnout.web.actions import keep_target_statements  # noqa: PLC0415

    if CountFile.objects.exists():
        return
    figures = shipped_figures(PILOT)
    keep_regions(figures.regions, shipped_tiles(PILOT), by=None)
    keep_figures(figures, name=f"bilik {PILOT}", by=None)
    keep_target_statements(shipped_target_statements(PILOT), by=None)
    admit_demo_people()

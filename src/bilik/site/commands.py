"""``bilik demo`` and ``bilik serve``."""

import click

from bilik.foundation.door import Door
from bilik.foundation.language import mark
from bilik.site.workspace import folder_in_use, open_workspace

HOST = "127.0.0.1"
_port = click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=mark("Port."))


@click.command(help=mark("Build the pilot city's workspace, print its brief, and serve the site."))
@click.option("--no-serve", is_flag=True, help=mark("Stop after printing."))
@_port
@click.pass_obj
def demo(door: Door, *, no_serve: bool, port: int) -> None:
    """Build, print, serve."""
    from bilik.site.demonstration import PILOT, build_demonstration  # noqa: PLC0415 -- Django is slow to load
    from bilik.site.server import check_port  # noqa: PLC0415

    if not no_serve:
        check_port(HOST, port)
    click.echo(door.language.say(mark("Preparing the demonstration in {folder} …"), folder=folder_in_use()), err=True)
    build_demonstration(folder_in_use())
    from bilik.turnout.cli import print_brief  # noqa: PLC0415

    print_brief(door, region=PILOT, election="pilwali-2031", target=0.75)
    if not no_serve:
        _serve(door, port)


@click.command(help=mark("Serve the site on the workspace that is there."))
@_port
@click.pass_obj
def serve(door: Door, *, port: int) -> None:
    """Serve an existing workspace."""
    from bilik.site.assembly import enter, make_ready  # noqa: PLC0415 -- Django is slow to load
    from bilik.site.server import check_port  # noqa: PLC0415

    workspace = open_workspace(folder_in_use())
    check_port(HOST, port)
    enter(workspace)
    make_ready(workspace)
    _serve(door, port)


@click.command(help=mark("Check boundaries from a GeoJSON file and draw the maps of the workspace with them."))
@click.argument("file", type=click.Path())
@click.option("--region", required=True, help=mark("Code of the region whose areas these are, such as 64.71."))
@click.pass_obj
def boundaries(door: Door, file: str, *, region: str) -> None:
    """Keep boundaries in the workspace; with any fault nothing is kept and all faults are named."""
    from bilik.site.assembly import enter, make_ready  # noqa: PLC0415 -- Django is slow to load

    workspace = open_workspace(folder_in_use())
    enter(workspace)
    make_ready(workspace)
    from bilik.regions.boundaries import checked_boundaries, simplified  # noqa: PLC0415 -- models load after Django
    from bilik.regions.codes import level_of  # noqa: PLC0415
    from bilik.regions.files import read_boundaries  # noqa: PLC0415
    from bilik.regions.hierarchy import below  # noqa: PLC0415
    from bilik.regions.web.actions import keep_boundary  # noqa: PLC0415
    from bilik.regions.web.store import regions  # noqa: PLC0415

    found = read_boundaries(file)
    areas = below(regions(), region, level_of(found.codes[0]))
    checked_boundaries(found, dict(areas.select("code", "name").iter_rows()))
    keep_boundary(region, simplified(found), origin=file, by=None)
    said = mark("{count} boundaries of {region} are kept; the maps are drawn with them.")
    click.echo(door.language.say(said, count=len(found.codes), region=region))


def _serve(door: Door, port: int) -> None:
    from bilik.site.server import serve_site  # noqa: PLC0415 -- only where something is served

    click.echo(
        door.language.say(mark("bilik is open at {address} – stop it with Ctrl-C."), address=f"http://{HOST}:{port}")
    )
    serve_site(HOST, port)

"""Serving the site: one process, a few threads, this machine only unless told otherwise."""

import socket
import threading

from bilik.foundation.errors import BilikError
from bilik.foundation.language import mark

THREADS = 6


class PortInUseError(BilikError):
    """Another program answers on the port."""

    message = mark(
        "Port {port} is in use by another program. Stop that program, or choose another port: --port {other}."
    )
    exit_code = 5


class PortNotAllowedError(BilikError):
    """The machine does not let this person open the port."""

    message = mark("This machine does not let you open port {port}. Choose a port from 1024 up: --port 8000.")
    exit_code = 5


def check_port(host: str, port: int) -> None:
    """Raise if nothing can be served on ``port``."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except PermissionError as error:
            raise PortNotAllowedError(port=port) from error
        except OSError as error:
            raise PortInUseError(port=port, other=port + 1) from error


def serve_site(host: str, port: int) -> None:
    """Serve until stopped; what the first page will ask for is worked out beside it."""
    from waitress import serve  # noqa: PLC0415 -- only where something is served

    from bilik.site.wsgi import application  # noqa: PLC0415 -- models load after Django is set up

    threading.Thread(target=_work_ahead, daemon=True).start()
    serve(application, host=host, port=port, threads=THREADS, ident="bilik")


def _work_ahead() -> None:
    from django.db import connection  # noqa: PLC0415 -- models load after Django is set up

    from bilik.site.frame import FIRST_PLACE  # noqa: PLC0415
    from bilik.turnout.web.ahead import work_ahead  # noqa: PLC0415

    try:
        work_ahead(FIRST_PLACE)
    finally:
        connection.close()

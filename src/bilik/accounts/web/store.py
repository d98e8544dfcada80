"""What others may ask of the deeds."""

import threading
from collections.abc import Iterator
from typing import Any

from django.core.signals import request_finished, request_started
from django.db.models import Max

from bilik.accounts.chain import Link
from bilik.accounts.web.models import Deed


class _Reading(threading.local):
    """The state that one request reads under, so that a page asks for it once and sees one state only."""

    within_request = False
    state: int | None = None


_reading = _Reading()


def revision() -> int:
    """Return a number that grows with every write of figures; what was worked out under it is true while it stands."""
    if _reading.state is not None:
        return _reading.state
    last: int = Deed.objects.filter(changes_figures=True).aggregate(last=Max("id"))["last"] or 0
    if _reading.within_request:
        _reading.state = last
    return last


def chain() -> Iterator[Link]:
    """Return every deed as a link of the chain, the oldest first."""
    for one in Deed.objects.order_by("id").iterator():
        yield Link(number=one.pk, content=one.content(), previous=one.previous_hash, own=one.own_hash)


def forget_revision() -> None:
    """Ask anew: somebody has written."""
    _reading.state = None


def _begin(**_signal: Any) -> None:  # noqa: ANN401 -- what Django sends with a signal
    _reading.within_request, _reading.state = True, None


def _end(**_signal: Any) -> None:  # noqa: ANN401 -- what Django sends with a signal
    _reading.within_request, _reading.state = False, None


request_started.connect(_begin)
request_finished.connect(_end)

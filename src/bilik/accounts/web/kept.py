"""Answers that are kept until somebody changes figures."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from bilik.accounts.web.store import revision

P = ParamSpec("P")
R = TypeVar("R")


def until_next_write(work: Callable[P, R]) -> Callable[P, R]:
    """Keep answers until anybody writes."""

    @lru_cache(maxsize=128)
    def kept(now: int, *args: P.args, **kwargs: P.kwargs) -> R:  # noqa: ARG001 -- the key, not the work
        return work(*args, **kwargs)

    @wraps(work)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        return kept(revision(), *args, **kwargs)  # type: ignore[arg-type]  # what is asked is always hashable

    return answer

"""Authorisation of views: each names the act it takes, and is refused without it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from bilik.accounts.roles import Act
from bilik.accounts.web.models import Person

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def person_of(request: HttpRequest) -> Person:
    """Return who has signed in; the site's middleware lets nobody else through."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def requires(act: Act) -> Callable[[View[P]], View[P]]:
    """Refuse a view to whoever may not do ``act``; the act stays readable as ``view.act``."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not person_of(request).may(act):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.act = act  # type: ignore[attr-defined]
        return cast("View[P]", guarded)

    return guard

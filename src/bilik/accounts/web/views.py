"""The page of signing in, with a demonstration's accounts there and nowhere else; and the deeds of an office."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bilik.accounts.roles import Act
from bilik.accounts.web.deed_words import DEED_WORDS
from bilik.accounts.web.demo import DEMO_ACCOUNTS
from bilik.accounts.web.models import Deed
from bilik.accounts.web.permission import person_of, requires

SHOWN = 200


class SignIn(LoginView):  # type: ignore[misc]  # the library ships no types
    """The library's sign-in, with the accounts of a demonstration beside it."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:  # noqa: ANN401 -- as the library has it
        shown = DEMO_ACCOUNTS if settings.WORKSPACE.is_demo else ()
        filled: dict[str, Any] = super().get_context_data(demo_accounts=shown, **context)
        return filled


sign_in = SignIn.as_view()


@requires(Act.VIEW_WORKSPACE)
def deeds(request: HttpRequest) -> HttpResponse:
    """Show what the reader's office and the installation did, the latest first, but not whom it admitted."""
    person = person_of(request)
    installation = Q(agency=None) & ~Q(action="admit_person")
    seen = Deed.objects.filter(Q(agency=person.agency_id) | installation).select_related("person")
    sought = request.GET.get("subject", "")
    if sought:
        seen = seen.filter(subject=sought)
    shown = [(one, DEED_WORDS.get(one.action, one.action)) for one in seen[:SHOWN]]
    return render(request, "account/deeds.html", {"deeds": shown, "sought": sought, "limit": SHOWN})

"""The page of signing in; a demonstration names its accounts there and nowhere else."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings

from bilik.accounts.web.demo import DEMO_ACCOUNTS


class SignIn(LoginView):  # type: ignore[misc]  # the library ships no types
    """The library's sign-in, with the accounts of a demonstration beside it."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:  # noqa: ANN401 -- as the library has it
        shown = DEMO_ACCOUNTS if settings.WORKSPACE.is_demo else ()
        filled: dict[str, Any] = super().get_context_data(demo_accounts=shown, **context)
        return filled


sign_in = SignIn.as_view()

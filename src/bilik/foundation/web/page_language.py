"""The page's language: Bahasa Indonesia unless the reader chose another on the page.

Browsers in Indonesian offices are often set to English, so what they ask for is not heeded.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class PageLanguage:
    """Activate the language that the reader's cookie names, or the first of the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", code)
        return response

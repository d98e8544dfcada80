"""Who reads: the language of a request."""

from django.http import HttpRequest
from django.utils.translation import get_language_from_request

from bilik.foundation.language import CODES, DEFAULT_CODE, Language


def language_of(request: HttpRequest) -> Language:
    """Return the reader's language, as chosen on the page or else the first of the site."""
    code = getattr(request, "LANGUAGE_CODE", None) or get_language_from_request(request)
    return Language(code if code in CODES else DEFAULT_CODE)

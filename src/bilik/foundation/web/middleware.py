"""Where a mendable error becomes a page: here and nowhere else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bilik.foundation.errors import BilikError
from bilik.foundation.web.reader import language_of


class MendableErrors:
    """Answer a ``BilikError`` with 422 and the sentence that says how to mend it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, BilikError):
            return None
        sentences = error.text(language_of(request).translate).splitlines()
        template = "frame/_mendable.html" if getattr(request, "htmx", False) else "frame/mendable.html"
        return render(request, template, {"sentences": sentences}, status=422)

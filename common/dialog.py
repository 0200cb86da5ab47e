"""A page in a dialog: the same page without its frame, asked for by `assets/js/dialog.js`."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

PAGE: Final = "base.html"
PART: Final = "dialog.html"


def frame_of(request: HttpRequest) -> str:
    """The template around a page that can also stand in a dialog."""
    return PART if is_dialog(request) else PAGE


def is_dialog(request: HttpRequest) -> bool:
    """Whether the answer is put into the dialog, or into a part of it."""
    return request.headers.get("HX-Target", "").startswith("dialog-")


class DialogMiddleware:
    """What leads elsewhere leads the whole window there: after success, and to sign-in.

    A part of a page is never kept by the browser under the address of the page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not is_dialog(request):
            return response
        response.headers["Cache-Control"] = "no-store"
        if "Location" in response.headers:
            response.status_code = 204
            response.headers["HX-Redirect"] = response.headers["Location"]
            del response.headers["Location"]
        return response

"""Conventions of the REST API: problem+json, pages, one place for translation of errors."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler

from common.errors import RemoteError
from common.refusals import Impossible

WHOLE = "non_field_errors"
"""Where the texts stand that belong to no field."""


class Pages(PageNumberPagination):
    """`?page=2&page_size=50`, at most 200."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """RFC 9457 `application/problem+json` for everything that a caller can cause."""
    if isinstance(error, Impossible):
        told = {"error_code": error.code, **error.facts} if error.facts else {}
        refused = status.HTTP_422_UNPROCESSABLE_ENTITY
        return _answer(refused, str(error), errors=error.by_field(), **told)
    if isinstance(error, RemoteError):
        return _answer(status.HTTP_502_BAD_GATEWAY, str(error), error_code=error.code)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(str(error) or None)
    response = exception_handler(error, context)
    if response is None or not isinstance(error, exceptions.APIException):
        return response
    extra: dict[str, Any] = {}
    if isinstance(error, exceptions.ValidationError):
        extra["errors"] = dict(_flat(error.detail))
        title = _("The request is not valid.")
    else:
        title = str(error.detail)
    answer = _answer(response.status_code, title, **extra)
    for name in ("WWW-Authenticate", "Retry-After"):
        if name in response.headers:
            answer[name] = response.headers[name]
    return answer


def _flat(detail: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Errors by the path of their field: `contact.email`, `lines.0.quantity`."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _flat(inner, _path(path, str(name)))
    elif isinstance(detail, list) and any(isinstance(inner, dict | list) for inner in detail):
        for number, inner in enumerate(detail):
            yield from _flat(inner, _path(path, str(number)))
    else:
        texts = detail if isinstance(detail, list) else [detail]
        yield path or WHOLE, [str(text) for text in texts]


def _path(path: str, name: str) -> str:
    if not path:
        return name
    return path if name == WHOLE else f"{path}.{name}"


def _answer(status_code: int, title: str, **extra: Any) -> Response:
    body = {"type": "about:blank", "title": title, "status": status_code, **extra}
    return Response(body, status=status_code, content_type="application/problem+json")

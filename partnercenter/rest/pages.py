"""Collections that come in pages: `seekOperation=Next` with a continuation token, Graph's link."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from partnercenter.request import Answer
from partnercenter.rest.session import Session
from partnercenter.wire import Members, items, member, text

_TOKEN = "ms-continuationtoken"  # noqa: S105 (a header's name)


def continued(session: Session, path: str, timeout: float | None) -> Iterator[Members]:
    """All items from `path` on, page by page (customers, users, audit records)."""
    headers: dict[str, str] = {}
    where = path
    while where:
        answer = session.read(where, timeout=timeout, headers=headers)
        yield from items(answer.value)
        where, headers = _next(path, answer)


def _next(path: str, answer: Answer) -> tuple[str, dict[str, str]]:
    """By the link in the body; some services only send the token back, as a header."""
    value = answer.value if isinstance(answer.value, dict) else {}
    link = member(member(value, "links"), "next")
    told = {
        text(header, "key"): text(header, "value")
        for header in link.get("headers") or ()
        if text(header, "key").lower() == _TOKEN
    }
    if link:
        return versioned(text(link, "uri")), told
    token = answer.headers.get(_TOKEN, "")
    if not token:
        return "", {}
    return f"{path}{'&' if '?' in path else '?'}seekOperation=Next", {_TOKEN: token}


def versioned(uri: str) -> str:
    """A link of Partner Center as a path: relative, mostly without `/v1`, at times with `&amp;`."""
    uri = uri.replace("&amp;", "&")
    if uri.startswith("http"):
        parts = urlsplit(uri)
        uri = parts.path + (f"?{parts.query}" if parts.query else "")
    if not uri:
        return ""
    return uri if uri.startswith("/v1/") else f"/v1/{uri.lstrip('/')}"


def linked(session: Session, path: str, timeout: float | None, tenant: str) -> Iterator[Members]:
    """All items of a Graph collection (OData `@odata.nextLink`)."""
    while path:
        value = session.read(path, service="graph", customer_tenant=tenant, timeout=timeout).value
        yield from items(value)
        path = text(value, "@odata.nextLink").split("/v1.0", 1)[-1]

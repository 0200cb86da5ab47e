"""What every write to Partner Center leaves behind: an audit record and webhooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sandbox.microsoft import audit, watch
from sandbox.microsoft.audit_kinds import kind_of
from sandbox.microsoft.refusal import Refusal

if TYPE_CHECKING:
    from sandbox.microsoft.door import Call, Reply
    from sandbox.table import Item

REPLACING = ("PATCH", "PUT", "DELETE")


def carry_out(
    call: Call, act: Callable[[], Reply], look: Callable[[], Reply] | None, customer_id: str
) -> Reply:
    """Do a write inside its change, and note it; `look` reads the resource it replaces."""
    customer_id = customer_id.lower()
    watch.settle_one(call.world, customer_id)
    old = audit.told(_seen(look)) if call.request.method in REPLACING else ""
    reply = act()
    uri = _record(call, reply, customer_id, old)
    watch.tell_changes(call.world, customer_id, uri)
    return reply


def _seen(look: Callable[[], Reply] | None) -> Any:
    try:
        return look().body if look else None
    except Refusal:
        return None


def _record(call: Call, reply: Reply, customer_id: str, old: str) -> str | None:
    kind = kind_of(call.request.method, call.request.path)
    if kind is None:
        return None
    token, headers = call.token, call.request.headers
    actor = audit.Actor(token.user, token.application, headers.get("MS-CorrelationId", ""))
    kept: Item = {}
    for body in _bodies(call, reply):
        named = body if isinstance(body, dict) else {}
        of = customer_id or str(named.get("id", ""))
        data = _data(call, named)
        new = audit.told(body)
        kept = audit.record(call.world, actor, kind, customer_id=of, old=old, new=new, **data)
    return audit.uri(kept)


def _bodies(call: Call, reply: Reply) -> list[Any]:
    """The new value of each resource that was written; a checkout writes one order for each."""
    if reply.status == 202:
        return [call.raw_body()]
    body = reply.body
    if isinstance(body, dict) and call.request.path.rstrip("/").endswith("/checkout"):
        return list(body["orders"])
    return [body if isinstance(body, dict | list) else None]


def _data(call: Call, body: Item) -> dict[str, str]:
    parts = call.request.path.strip("/").split("/")
    names = {"subscriptions": "SubscriptionId", "orders": "OrderId", "users": "UserId"}
    found = {names[each]: parts[i + 1] for i, each in enumerate(parts[:-1]) if each in names}
    if parts[-1] == "checkout":
        found["OrderId"] = str(body.get("id", ""))
    request_id = call.request.headers.get("MS-RequestId", "")
    return {**found, **({"RequestId": request_id} if request_id else {})}

"""How many calls Microsoft takes: 500 a minute for each of three resources.

Source: "API throttling guidance for partners", learn.microsoft.com/partner-center/developer.
"""

import re
from typing import Protocol

from partnercenter.request import Request

_ORDER = re.compile(r"/v1/customers/[^/]+/(orders|carts)\b")
_SUBSCRIPTION = re.compile(r"/v1/customers/[^/]+/subscriptions\b")
_CUSTOMER = re.compile(r"/v1/customers/[^/?]{36}/?(\?|$)")


class Budget(Protocol):
    """Counts calls for all workers together. Never raises: a lost counter lets calls through."""

    def take(self, resource: str) -> float:
        """Seconds to wait before a call may be made; 0 counts the call as made."""

    def hold(self, resource: str, seconds: float) -> None:
        """Microsoft asked to wait: nobody calls this resource before."""


class Unlimited:
    """Nobody counts."""

    def take(self, resource: str) -> float:
        return 0.0

    def hold(self, resource: str, seconds: float) -> None:
        """The caller alone waits."""


def resource_of(request: Request) -> str:
    """`order`, `subscription`, `customer`, or nothing for calls that are not counted."""
    if request.service != "partnercenter":
        return ""
    for name, path in (("order", _ORDER), ("subscription", _SUBSCRIPTION), ("customer", _CUSTOMER)):
        if path.match(request.path):
            return name
    return ""

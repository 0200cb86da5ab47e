"""Every route of Microsoft's services, with every kind of fault."""

import re
from typing import Any

import pytest
from werkzeug.routing import Rule

from sandbox.faults import KINDS, Fault
from sandbox.faulty import Dropped
from sandbox.http import service_of
from sandbox.microsoft.rules import RULES
from tests.sandbox.caller import Caller

VENDORS = [rule for rule in RULES if service_of(rule.rule)]
NO_ANSWER = ("hang", "drop_before", "drop_after")


def path_of(rule: Rule) -> str:
    return re.sub(r"<(?:path:)?\w+>", "00000000-0000-4000-8000-000000000000", rule.rule)


@pytest.mark.parametrize("kind", KINDS)
def test_every_call_can_fail_in_every_way(provider: Caller, kind: str) -> None:
    seen: list[Any] = []
    for rule in VENDORS:
        method = min(set(rule.methods or ()) - {"HEAD", "OPTIONS"}, default="HEAD")
        fault: dict[str, Any] = {"kind": kind, "seconds": 0.001, "status": 503}
        if kind == "throttle":
            fault["status"] = 429
        token = provider.token()
        provider.world.faults.add(Fault.from_json(fault))
        if kind in NO_ANSWER:
            with pytest.raises(Dropped):
                provider.call(method, path_of(rule), {}, token=token)
        else:
            answer = provider.call(method, path_of(rule), {}, token=token)
            seen.append((answer.status_code, "Retry-After" in answer.headers))
        assert provider.world.faults.listed() == [], rule.rule
        assert provider.world.calls()[-1]["fault"] == kind, rule.rule
    if kind in ("status", "throttle"):
        assert set(seen) == {(fault["status"], True)}
    if kind == "html":
        assert {status for status, _ in seen} == {503}

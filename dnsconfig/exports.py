"""A plan to carry away: as a zone file for a host that the portal cannot write to, or as data."""

import json
from collections.abc import Callable, Iterable

from dnsconfig.plan import Plan
from dnsconfig.records import Record


def zone_file(plan: Plan) -> str:
    """Master file lines (RFC 1035 §5) of what is added; what must go stands in comments."""
    edit = plan.edit
    lines = [f"; {plan.zone}"]
    lines += [f"; delete: {line}" for line in _lines(edit.removes)]
    lines += _lines(edit.adds)
    return "\n".join(lines) + "\n"


def as_json(plan: Plan) -> str:
    return json.dumps(plan.to_json(), indent=2, ensure_ascii=False)


def _lines(records: Iterable[Record]) -> list[str]:
    return [f"{r.name}. {r.ttl} IN {r.type} {r.target}" for r in records]


FORMS: dict[str, tuple[str, Callable[[Plan], str]]] = {
    "zone": ("text/plain; charset=utf-8", zone_file),
    "json": ("application/json", as_json),
}

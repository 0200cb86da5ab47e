"""What an event has changed, in words: before and after, one line per fact."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NAMES: Mapping[str, str | Promise] = {
    "auto_renew": gettext_lazy("Renews by itself"),
    "billing_cycle": gettext_lazy("Payment"),
    "country": gettext_lazy("Country"),
    "currency": gettext_lazy("Currency"),
    "email": gettext_lazy("E-mail address"),
    "end_choice": gettext_lazy("At the end of the term"),
    "language": gettext_lazy("Language"),
    "mpn_id": gettext_lazy("MPN ID"),
    "name": gettext_lazy("Name"),
    "quantity": gettext_lazy("Number of licences"),
    "region": gettext_lazy("Region"),
    "role": gettext_lazy("Role"),
    "scheduled": gettext_lazy("Scheduled for the renewal"),
    "second_factor_required": gettext_lazy("Second factor required"),
    "spend_limit": gettext_lazy("Spend limit per order"),
    "status": gettext_lazy("Status"),
    "term": gettext_lazy("Term"),
    "time_zone": gettext_lazy("Time zone"),
}
NOTHING = "–"


@dataclass(frozen=True)
class Difference:
    """One fact; `name` is empty where the event itself says what it is."""

    name: str
    before: str
    after: str


def differences(data: dict[str, Any]) -> list[Difference]:
    """Only what differs; empty where the event keeps no before and after."""
    before, after = data.get("before"), data.get("after")
    if isinstance(before, dict) and isinstance(after, dict):
        names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        return [
            Difference(named(name), written(before.get(name)), written(after.get(name)))
            for name in names
        ]
    if before is None and after is None:
        return []
    return [Difference("", written(before), written(after))]


def facts(data: dict[str, Any]) -> list[tuple[str, str]]:
    """All that the event keeps beside before and after, as it is kept."""
    rest = {name: value for name, value in data.items() if name not in ("before", "after")}
    return [(named(name), written(value)) for name, value in rest.items()]


def summary(data: dict[str, Any]) -> str:
    """The same in one line."""
    found = differences(data)
    return "; ".join(
        f"{one.name}: {one.before} → {one.after}" if one.name else f"{one.before} → {one.after}"
        for one in found
    )


def named(name: str) -> str:
    """A fact that has no name of its own shows as it is kept."""
    return str(NAMES.get(name, name.replace("_", " ")))


def written(value: Any) -> str:
    if value is None or value == "" or value in ([], {}):
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

"""The last things that happened in an account, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from accounts.access import Actor
from accounts.operations.access import events_for
from accounts.operations.events import event_label
from journal.models import Event
from panel.lists.differences import summary
from tenants.access import tenants_of
from tenants.models import Tenant

LAST: Final = 10


@dataclass(frozen=True)
class Happening:
    """An event and the service it is about, if it is about one."""

    event: Event
    tenant: Tenant | None

    @property
    def text(self) -> str:
        return event_label(self.event.kind)

    @property
    def change(self) -> str:
        """Before and after in one line; empty where the event keeps none."""
        return summary(self.event.data)


def recent(actor: Actor) -> list[Happening]:
    """Newest first; two queries."""
    return happenings(actor, events_for(actor)[:LAST])


def happenings(actor: Actor, rows: Iterable[Event]) -> list[Happening]:
    """Each event with its service where the actor sees it."""
    events = list(rows)
    tenants = tenants_of(actor).filter(pk__in=_tenant_ids(events))
    named = {tenant.key: tenant for tenant in tenants}
    return [Happening(event, named.get(event.listed_under)) for event in events]


def _tenant_ids(events: Iterable[Event]) -> set[int]:
    places = (event.listed_under.partition(":") for event in events)
    return {int(number) for kind, _colon, number in places if kind == "tenant"}

"""What the account has, by its names and numbers: one query per kind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Case, IntegerField, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.models import Membership, Role
from accounts.operations.access import operations_for
from accounts.operations.labels import LABELS, label_of
from common.folding import fold
from dnsconfig.models import Domain
from dnsconfig.names import to_unicode
from orders.access import orders_of
from panel.palette.entries import MOST, Entry, Group
from subscriptions.access import subscriptions_of
from subscriptions.finding import bought
from subscriptions.models import Status
from tenants.access import tenants_of
from tenants.finding import NOTHING, named

NUMBER = re.compile(r"#?([0-9]{1,18})", re.ASCII)
LATEST = 1000
"""Tasks are searched by words among so many; there may be millions."""


@dataclass(frozen=True)
class Asked:
    """What somebody typed, as it is compared."""

    actor: Actor
    text: str

    @property
    def folded(self) -> str:
        return " ".join(fold(self.text).split())

    @property
    def number(self) -> int | None:
        """`#12` or `12`."""
        found = NUMBER.fullmatch(self.text)
        return int(found[1]) if found else None

    @property
    def is_number_only(self) -> bool:
        """With its sign it is nothing but a number."""
        return self.text.startswith("#") and self.number is not None

    @property
    def microsoft_id(self) -> str:
        """Empty where it is no id of Microsoft's."""
        try:
            return str(UUID(self.text)) if len(self.text) == 36 else ""
        except ValueError:
            return ""

    @property
    def lists(self) -> str:
        """The query of a list that is searched for the same."""
        return urlencode({"search": self.text})


def records(actor: Actor, text: str) -> list[Group]:
    """Groups that have something; the nearest first in each."""
    asked = Asked(actor, text)
    kinds = [_orders, _operations]
    if not asked.is_number_only:
        kinds = [_services, _subscriptions, *kinds, _domains, _partner_ids, _members]
    return [group for kind in kinds if (group := kind(asked)).entries]


def _group(name: str, title: str, entries: Iterator[Entry], more: str) -> Group:
    found = list(entries)
    return Group(name, title, found[:MOST], more if len(found) > MOST else "")


def _near(field: str, folded: str) -> Case:
    """0 begins with it, 1 a word of it does, 2 it is somewhere."""
    return Case(
        When(Q((f"{field}__startswith", folded)), then=Value(0)),
        When(Q((f"{field}__contains", f" {folded}")), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _services(asked: Asked) -> Group:
    if asked.microsoft_id:
        wanted = Q(microsoft_id=asked.microsoft_id)
    else:
        held = Domain.objects.filter(name__contains=asked.text.lower())
        wanted = named(asked.text) | Q(pk__in=held.values("tenant"))
    rows = tenants_of(asked.actor).filter(wanted)
    rows = rows.order_by(_near("folded", asked.folded), "sort_name", "pk")
    rows = rows.only("display_name", "service_name", "company")
    entries = (
        Entry(
            row.display_name,
            row.get_absolute_url(),
            "building",
            row.service_name,
            is_exact=bool(asked.microsoft_id) or row.service_name == asked.folded,
        )
        for row in rows[: MOST + 1]
    )
    return _group("services", _("Services"), entries, f"{reverse('panel:services')}?{asked.lists}")


def _subscriptions(asked: Asked) -> Group:
    exact = asked.microsoft_id
    wanted = Q(microsoft_id=exact) if exact else bought(asked.text)
    is_over = Case(When(status=Status.DELETED, then=Value(1)), default=Value(0))
    rows = subscriptions_of(asked.actor).filter(wanted).select_related("tenant")
    rows = rows.order_by(is_over, "-pk").only("name", "quantity", "tenant__display_name")
    entries = (
        Entry(
            str(row),
            row.get_absolute_url(),
            "card-checklist",
            row.tenant.display_name,
            is_exact=bool(exact),
        )
        for row in rows[: MOST + 1]
    )
    more = f"{reverse('panel:subscriptions')}?{asked.lists}"
    return _group("subscriptions", _("Subscriptions"), entries, more)


def _orders(asked: Asked) -> Group:
    number = asked.number
    wanted = NOTHING if asked.is_number_only else named(asked.text, through="tenant__")
    if number is not None:
        wanted |= Q(pk=number)
    rows = orders_of(asked.actor).filter(wanted).order_by(_is(number), "-pk")
    rows = rows.only("kind", "tenant__display_name")
    entries = (
        Entry(
            _("Order %(number)s") % {"number": row},
            row.get_absolute_url(),
            "receipt",
            row.tenant.display_name,
            is_exact=asked.is_number_only,
        )
        for row in rows[: MOST + 1]
    )
    return _group("orders", _("Orders"), entries, f"{reverse('panel:orders')}?{asked.lists}")


def _operations(asked: Asked) -> Group:
    rows, number = operations_for(asked.actor), asked.number
    wanted = Q(pk=number) if number is not None else NOTHING
    kinds = [kind for kind, label in LABELS.items() if asked.folded in fold(str(label))]
    if kinds and asked.folded:
        latest = rows.order_by("-pk").values("pk")[:LATEST]
        wanted |= Q(pk__in=latest, kind__in=kinds)
    found = rows.filter(wanted).order_by(_is(number), "-pk").only("kind", "state")
    entries = (
        Entry(
            f"{label_of(row.kind)} #{row.pk}",
            reverse("operations:operation", args=[row.pk]),
            "list-task",
            row.get_state_display(),
            is_exact=asked.is_number_only,
        )
        for row in found[: MOST + 1]
    )
    return _group("operations", _("Tasks"), entries, f"{reverse('panel:operations')}?{asked.lists}")


def _domains(asked: Asked) -> Group:
    rows = Domain.objects.filter(tenant__in=tenants_of(asked.actor).order_by())
    rows = rows.filter(Q(name__contains=asked.text.lower()) | Q(name__contains=_spelled(asked)))
    rows = rows.order_by(_near("name", asked.text.lower()), "name", "pk").select_related("tenant")
    rows = rows.only("name", "tenant__display_name", "tenant__service_name")
    entries = (
        Entry(
            to_unicode(row.name),
            reverse("dnsconfig:domains", args=[row.tenant.service_name]),
            "globe",
            row.tenant.display_name,
        )
        for row in rows[: MOST + 1]
    )
    return _group("domains", _("Domains"), entries, f"{reverse('panel:domains')}?{asked.lists}")


def _partner_ids(asked: Asked) -> Group:
    rows = asked.actor.account.partner_ids.filter(
        Q(mpn_id__startswith=asked.text) | Q(name__icontains=asked.text)
    )
    page = reverse("accounts:partner_ids")
    entries = (Entry(row.mpn_id, page, "patch-check", row.name) for row in rows[: MOST + 1])
    return _group("partner_ids", _("MPN IDs"), entries, page)


def _members(asked: Asked) -> Group:
    text, members = asked.text, reverse("panel:members")
    rows = Membership.objects.filter(
        Q(user__email__icontains=text)
        | Q(user__first_name__icontains=text)
        | Q(user__last_name__icontains=text),
        account=asked.actor.account,
    ).select_related("user")
    entries = (
        Entry(
            row.user.email,
            reverse("panel:member", args=[row.pk])
            if asked.actor.may(Role.OWNER)
            else f"{members}?{urlencode({'search': row.user.email})}",
            "person",
            row.user.get_full_name(),
        )
        for row in rows[: MOST + 1]
    )
    return _group("members", _("Members"), entries, f"{members}?{asked.lists}")


def _is(number: int | None) -> Case:
    """Those of this very number first."""
    return Case(When(pk=number or 0, then=Value(0)), default=Value(1))


def _spelled(asked: Asked) -> str:
    """As DNS spells what is not ASCII."""
    try:
        return asked.text.lower().encode("idna").decode()
    except UnicodeError:
        return asked.text.lower()

"""From an empty account to users at work: steps that tick themselves from facts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.models import Membership, PartnerState, Role
from dnsconfig.embedded.models import OwnZone
from dnsconfig.models import ZoneConnection
from orders.access import orders_of
from panel.first_run.models import HiddenGuide
from tenants.access import tenants_of
from tenants.models.gdap import GRANTED

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FEW: Final = 1
"""Services; an account with more knows its way."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to do; `url` leads there, for one who may do it now."""

    title: "StrOrPromise"
    text: "StrOrPromise"
    action: "StrOrPromise"
    is_done: bool
    url: str = ""
    is_optional: bool = False

    @property
    def mark(self) -> str:
        """As badges know it."""
        return "done" if self.is_done else "todo"


@dataclass(frozen=True)
class Guide:
    """The first steps of an account."""

    steps: list[Step]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def is_over(self) -> bool:
        return all(step.is_done or step.is_optional for step in self.steps)

    @property
    def next(self) -> Step | None:
        """The first one that somebody must do."""
        waiting = (step for step in self.steps if not step.is_done and not step.is_optional)
        return next(waiting, None)


@dataclass(frozen=True)
class Facts:
    """What the steps are ticked from; `service` is the name of the first one, if any."""

    is_hidden: bool
    has_partner_id: bool
    """Registered; `is_valid` says whether one of them is good."""
    is_valid: bool
    has_zones: bool
    has_order: bool
    service: str
    has_rights: bool
    has_domain: bool
    has_users: bool


def facts_of(actor: Actor) -> Facts:
    """All of it in one query, however many services there are."""
    account, tenants = actor.account, tenants_of(actor)
    partners = account.partner_ids.registered()
    connections = ZoneConnection.objects.filter(account=account)
    own_zones = OwnZone.objects.filter(account=account)
    asked = {
        "is_hidden": Exists(HiddenGuide.objects.filter(membership=OuterRef("pk"))),
        "has_partner_id": Exists(partners),
        "is_valid": Exists(partners.filter(state=PartnerState.VALID)),
        "has_zones": Exists(connections) | Exists(own_zones),
        "has_order": Exists(orders_of(actor)),
        "service": Coalesce(Subquery(tenants.values("service_name")[:1]), Value("")),
        "has_rights": Exists(tenants.filter(gdap__state__in=GRANTED)),
        "has_domain": Exists(tenants.filter(domains__configured_at__isnull=False)),
        "has_users": Exists(tenants.filter(licence_uses__used__gt=0)),
    }
    mine = Membership.objects.filter(user=actor.member, account=account)
    found: dict[str, Any] = dict(mine.values(**asked).get())
    return Facts(**found)


def guide_of(actor: Actor, facts: Facts, services: int) -> Guide | None:
    """None once it is over, or hidden by this person; `services`: how many the actor sees."""
    if services > FEW or facts.is_hidden:
        return None
    guide = Guide([*_of_account(actor, facts), *_of_customer(actor, facts)])
    return None if guide.is_over else guide


def points_there(actor: Actor) -> bool:
    """Whether an empty list sends its reader to the first steps."""
    facts = facts_of(actor)
    return not (facts.service or facts.is_hidden)


def _of_account(actor: Actor, facts: Facts) -> list[Step]:
    is_owner = actor.may(Role.OWNER)
    return [
        Step(
            title=_("First step: your MPN ID"),
            text=_("Every order needs a valid MPN (Partner) ID; Microsoft is asked about it."),
            action=_("Register an MPN ID"),
            is_done=facts.is_valid,
            url=reverse("accounts:partner_ids") if is_owner else "",
        ),
        Step(
            title=_("DNS zones"),
            text=_("With the zones connected, a customer's domain is set up by itself."),
            action=_("Connect a DNS host"),
            is_done=facts.has_zones,
            url=reverse("dnsconfig:connections") if is_owner else "",
            is_optional=True,
        ),
        Step(
            title=_("Your first platform"),
            text=_("Order a Microsoft 365 platform for a customer: it takes a few minutes."),
            action=_("New order"),
            is_done=facts.has_order,
            url=reverse("orders:new") if actor.may_create else "",
        ),
    ]


def _of_customer(actor: Actor, facts: Facts) -> list[Step]:
    there = domains = users = ""
    if facts.service:
        there = reverse("panel:service", args=[facts.service])
        domains = reverse("dnsconfig:domains", args=[facts.service])
        users = reverse("panel:guide") + "#users"
    return [
        Step(
            title=_("The customer agrees"),
            text=_("Their administrator approves your rights by the link on the service's page."),
            action=_("Open the service"),
            is_done=facts.has_rights,
            url=there,
        ),
        Step(
            title=_("The customer's domain"),
            text=_("Choose it, tick the services and launch: the records are written for you."),
            action=_("Set up the domain"),
            is_done=facts.has_domain,
            url=domains if actor.may(Role.OPERATOR) else "",
        ),
        Step(
            title=_("Users"),
            text=_("Licences are assigned at Microsoft; once a day they are counted here."),
            action=_("How users are created"),
            is_done=facts.has_users,
            url=users,
        ),
    ]

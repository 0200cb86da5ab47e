"""Delegation at Microsoft: is the customer there, may the tenant be ours, what does it hold?

Reads only: the customer's administrator is the one who acts, at Microsoft.
"""

from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext_noop

from common.errors import Refused
from journal.models import NextActor
from journal.work import Done, Wait, Work
from partnercenter import connect
from partnercenter.base import PartnerCenter
from partnercenter.types import Address, Customer, IndirectReseller
from tenants import adoption
from tenants import delegation as wishes
from tenants.adoption import Facts
from tenants.models import Delegation, DelegationState, SeatCount
from tenants.remote import seats

PATIENCE = timedelta(days=60)
"""So long a customer may take; then the tenant's name is free again."""
ACCEPTED = gettext_noop("The customer's administrator has not accepted yet.")


def look(work: Work) -> Done:
    """`delegation.look`: the consent link, and whether the customer is known already.

    A relationship that is there now counts as older than the wish, unless the live check of the
    form has seen that there was none.
    """
    delegation = delegation_of(work)
    client = connect(delegation.market)
    link = client.relationship_request()
    customer = find(client, delegation.tenant_name)
    facts = customer and facts_of(client, delegation, customer)

    def write(operation: Any) -> None:
        Delegation.objects.filter(pk=delegation.pk).update(link=link)
        if facts:
            is_new = bool(work.params["is_new"])
            adoption.appear(delegation, facts, operation, is_new=is_new)
        elif delegation.state == DelegationState.WAITING:
            for kind in (wishes.MAIL, wishes.WAIT):
                wishes.ask(delegation, kind, by=adoption.asker(operation))

    return Done({"known": bool(facts)}, write)


def await_customer(work: Work) -> Done | Wait:
    """`delegation.await_customer`: polled with growing pauses; a webhook makes it look at once."""
    delegation = delegation_of(work)
    client = connect(delegation.market)
    customer = find(client, delegation.tenant_name)
    if customer is not None:
        facts = facts_of(client, delegation, customer)
        return Done(
            {"customer": customer.id}, partial(adoption.appear, delegation, facts, is_new=True)
        )
    if work.waited > PATIENCE:
        return Done({"expired": True}, partial(adoption.expire, delegation))
    pause = min(5 + work.waited.total_seconds() / 20, 900)
    return Wait(
        seconds=pause, actor=NextActor.CUSTOMER, text=ACCEPTED, limit=PATIENCE + timedelta(days=1)
    )


def adopt(work: Work) -> Done:
    """`delegation.adopt`: after the second validation Microsoft is asked once more."""
    delegation = delegation_of(work)
    client = connect(delegation.market)
    customer = find(client, delegation.tenant_name)
    if customer is None:
        return _back(delegation, DelegationState.WAITING, adoption.LEFT, {})
    facts = facts_of(client, delegation, customer)
    if facts["others"] and not delegation.is_cleared:
        return _back(delegation, DelegationState.STAFF, adoption.OTHERS, facts)
    agreed = facts["agreed"] or work.operation.secret
    if agreed is None:
        return _back(delegation, DelegationState.TO_VALIDATE, adoption.UNSIGNED, facts)
    return Done(write=partial(adoption.adopt, delegation, facts, agreed))


def finish(work: Work) -> Done:
    """`delegation.finish`: counts the seats that are there; where it may not, it goes without."""
    delegation = delegation_of(work)
    tenant = delegation.tenant
    assert tenant is not None
    counts: list[SeatCount] = []
    with suppress(Refused):  # reading the directory needs rights that may come later
        counts = seats.count(tenant)
    return Done({"licences": len(counts)}, partial(adoption.finish, delegation, counts))


def delegation_of(work: Work) -> Delegation:
    """The wish an operation is about."""
    rows = Delegation.objects.select_related("account", "partner_id", "tenant")
    return rows.get(pk=work.params["delegation"])


def find(client: PartnerCenter, name: str, timeout: float | None = None) -> Customer | None:
    """The provider's customer of exactly this name. Raises RemoteError."""
    for customer in client.customers(domain=name, timeout=timeout):
        if customer.domain.lower() == name and customer.is_ours:
            return customer
    return None


def facts_of(client: PartnerCenter, delegation: Delegation, listed: Customer) -> Facts:
    """What Microsoft shows of the customer, as JSON; lists are poorer, so it is read whole."""
    customer = client.customer(customer_id=listed.id)
    resellers = client.customer_resellers(customer_id=listed.id)
    return {
        "customer_id": customer.id,
        "company": customer.company_name,
        "address": _address(customer.billing.address) if customer.billing else {},
        "others": _others(delegation, customer, resellers),
        **_agreement(client, customer.id),
    }


def _address(address: Address) -> dict[str, str]:
    return {
        "address": address.line1,
        "address2": address.line2,
        "city": address.city,
        "region": address.state,
        "postal_code": address.postal_code,
        "country": address.country,
    }


def _others(
    delegation: Delegation, customer: Customer, resellers: list[IndirectReseller]
) -> list[str]:
    """Names of the resellers that are attached and are not the one who wishes."""
    own = delegation.partner_id
    names = {
        reseller.tenant_id: f"{reseller.name} ({reseller.mpn_id})"
        for reseller in resellers
        if reseller.mpn_id != own.mpn_id
    }
    if customer.associated_partner_id:
        names.setdefault(customer.associated_partner_id, customer.associated_partner_id)
    names.pop(own.tenant_id.lower(), None)
    return sorted(names.values())


def _agreement(client: PartnerCenter, customer_id: str) -> Facts:
    """Who has accepted already, else what is to be accepted."""
    said = client.customer_agreements(customer_id=customer_id)
    templates = client.agreement_templates()
    newest = max(templates, key=lambda template: template.version_rank, default=None)
    agreed = None
    if said:
        last = max(said, key=lambda one: str(one.agreed_at or ""))
        agreed = {
            "template_id": last.template_id,
            "first_name": last.first_name,
            "last_name": last.last_name,
            "email": last.email,
            "agreed_date": (last.agreed_at.date() if last.agreed_at else date.min).isoformat(),
        }
    template = newest and {
        "id": newest.template_id,
        "version": str(newest.version_rank),
        "link": newest.link,
    }
    return {"agreed": agreed, "template": template or {}}


def _back(delegation: Delegation, state: str, reason: str, facts: Facts) -> Done:
    return Done({"back_to": state}, partial(adoption.step_back, delegation, state, reason, facts))

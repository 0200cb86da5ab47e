"""The provider's existing customers: taken into the accounts they belong to."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import PartnerId, PartnerState
from common.refusals import Impossible
from journal.people import By
from sync.models import FoundCustomer, FoundState
from sync.services.looks import ask_look
from tenants.models import Gdap, Tenant, TenantState
from tenants.services import record


@dataclass(frozen=True, slots=True)
class Existing:
    """A customer at Microsoft, as a list shows it."""

    microsoft_id: str
    domain: str
    company: str
    associated_partner_id: str


def holders(market: str) -> list[PartnerId]:
    """The valid MPN IDs of a market whose reseller's tenant is known."""
    rows = PartnerId.objects.select_related("account").filter(
        account__region=market, state=PartnerState.VALID
    )
    return list(rows.exclude(tenant_id="").order_by("pk"))


@transaction.atomic
def queue(*, market: str, existing: Existing) -> FoundCustomer:
    """Keep a customer that no account has, for staff; again is the same."""
    found, _new = FoundCustomer.objects.get_or_create(
        microsoft_id=existing.microsoft_id,
        defaults={
            "market": market,
            "domain": existing.domain,
            "company": existing.company,
            "associated_partner_id": existing.associated_partner_id,
        },
    )
    return found


@transaction.atomic
def take(
    *, existing: Existing, partner: PartnerId, by: By, contact: Mapping[str, str] | None = None
) -> Tenant:
    """The customer becomes a tenant of the MPN ID's account; its subscriptions are looked at."""
    account = partner.account
    tenant, is_new = Tenant.objects.get_or_create(
        service_name=existing.domain.lower(),
        defaults={
            "account": account,
            "partner_id": partner,
            "microsoft_id": existing.microsoft_id,
            "display_name": existing.company or existing.domain,
            "company": existing.company,
            "country": account.country,
            "state": TenantState.OK,
            **(contact or {}),
        },
    )
    if is_new:
        Gdap.objects.create(tenant=tenant)
        record(tenant, "tenant.imported", by)
        ask_look(tenant=tenant, by=by)
    FoundCustomer.objects.filter(microsoft_id=existing.microsoft_id).update(
        state=FoundState.TAKEN, account=tenant.account
    )
    return tenant


@transaction.atomic
def assign(*, found: FoundCustomer, partner: PartnerId, by: By) -> Tenant:
    """Staff gives a waiting customer to an account. Raises Impossible when it has one already."""
    locked = FoundCustomer.objects.select_for_update().get(pk=found.pk)
    if locked.state == FoundState.TAKEN:
        raise Impossible(_("This customer belongs to an account already."))
    existing = Existing(
        locked.microsoft_id, locked.domain, locked.company, locked.associated_partner_id
    )
    return take(existing=existing, partner=partner, by=by)


def ignore(*, found: FoundCustomer) -> bool:
    """Staff leaves a customer alone."""
    mine = FoundCustomer.objects.filter(pk=found.pk, state=FoundState.OPEN)
    return mine.update(state=FoundState.IGNORED) == 1


def known_ids(market: str) -> set[str]:
    """Microsoft's ids of the customers that accounts of this market have."""
    rows = Tenant.objects.filter(account__region=market).exclude(microsoft_id="")
    return {microsoft_id.lower() for microsoft_id in rows.values_list("microsoft_id", flat=True)}

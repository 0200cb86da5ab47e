"""Closing and reopening services: by staff, or because their MPN ID is no longer valid (S2).

A tenant is suspended as long as one hold is open, and reopened when the last one is lifted.
"""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.models import PartnerId, PartnerState, Topic
from accounts.services import tell_members, tell_staff
from common.clock import microsoft_now
from common.refusals import Impossible
from journal import services as journal
from journal.people import PORTAL, By
from tenants.models import Hold, HoldReason, Tenant, TenantState
from tenants.services import record


@transaction.atomic
def suspend(*, tenant: Tenant, reason: str, by: By) -> bool:
    """Staff closes a tenant, whatever its MPN ID says; `reason` is a note. Nothing changes at
    Microsoft. False when staff has closed it already."""
    return _hold(tenant, HoldReason.STAFF, by, note=reason)


@transaction.atomic
def reopen(*, tenant: Tenant, by: By) -> bool:
    """Staff lifts its own suspension; one for the MPN ID stays. False when there is none."""
    return _lift(tenant, HoldReason.STAFF, by)


@transaction.atomic
def enforce(*, partner_id: PartnerId, by: By = PORTAL) -> int:
    """Close the services of an MPN ID whose grace is over, reopen those of one that is valid.

    Owners and staff are told. Returns how many services changed.
    """
    partner = PartnerId.objects.select_for_update(of=["self"]).get(pk=partner_id.pk)
    if partner.is_valid:
        held = Hold.objects.open().filter(reason=HoldReason.MPN_ID, tenant__partner_id=partner)
        tenants = [hold.tenant for hold in held.select_related("tenant__account")]
        changed = [tenant for tenant in tenants if _lift(tenant, HoldReason.MPN_ID, by)]
    elif PartnerId.objects.overdue(microsoft_now()).filter(pk=partner.pk).exists():
        changed = [t for t in _unheld(partner) if _hold(t, HoldReason.MPN_ID, by)]
    else:
        return 0
    if changed:
        _tell(partner, changed)
    return len(changed)


@transaction.atomic
def move(*, tenant: Tenant, partner_id: PartnerId, by: By) -> None:
    """From now on orders of this service are placed under another MPN ID of the account.

    A suspension for the former ID ends. What is bought already stays under the former one at
    Microsoft until it renews. Raises Impossible.
    """
    if partner_id.account_id != tenant.account_id or not partner_id.is_valid:
        raise Impossible(_("Choose a valid MPN ID of your account."), field="partner_id")
    former = Tenant.objects.select_for_update(of=["self"]).get(pk=tenant.pk).partner_id
    if former == partner_id:
        raise Impossible(_("This service has this MPN ID already."), field="partner_id")
    Tenant.objects.filter(pk=tenant.pk).update(partner_id=partner_id)
    tenant.refresh_from_db()
    record(tenant, "tenant.moved", by, former=former.mpn_id, mpn_id=partner_id.mpn_id)
    _lift(tenant, HoldReason.MPN_ID, by)


def enforce_due() -> int:
    """Whatever time or a lost step has left to do; returns how many services changed."""
    overdue = PartnerId.objects.overdue(microsoft_now()).filter(Exists(_unheld(OuterRef("pk"))))
    held = Hold.objects.open().filter(reason=HoldReason.MPN_ID)
    good = PartnerId.objects.filter(state=PartnerState.VALID)
    cleared = good.filter(Exists(held.filter(tenant__partner_id=OuterRef("pk"))))
    changed = sum(enforce(partner_id=partner) for partner in [*overdue, *cleared])
    late = Hold.objects.open().filter(tenant__state=TenantState.OK)
    for hold in late.select_related("tenant"):
        settle(hold.tenant)
    return changed


@transaction.atomic
def settle(tenant: Tenant, by: By = PORTAL) -> None:
    """Move the tenant towards what its holds demand. A move under way ends first."""
    tenant.refresh_from_db()
    holds = list(tenant.holds.open())
    if holds and tenant.begin_suspending():
        at_microsoft = next((hold for hold in holds if hold.at_microsoft), None)
        if at_microsoft is None:
            closed(tenant, by)
        else:
            _ask(tenant, "tenant.stop", by, hold=at_microsoft.pk)
    elif not holds and tenant.begin_reopening():
        stopped = tenant.holds.exclude(stopped=[]).first()
        if stopped is None:
            opened(tenant, by)
        else:
            _ask(tenant, "tenant.resume", by, hold=stopped.pk)


def closed(tenant: Tenant, by: By = PORTAL) -> None:
    """All that had to be stopped is."""
    if tenant.suspend():
        reasons = list(tenant.holds.open().values_list("reason", flat=True))
        record(tenant, "tenant.suspended", by, reasons=reasons)
        settle(tenant, by)


def opened(tenant: Tenant, by: By = PORTAL) -> None:
    """All that had been stopped runs again."""
    if tenant.reopen():
        record(tenant, "tenant.reopened", by)
        settle(tenant, by)


def _hold(tenant: Tenant, reason: HoldReason, by: By, note: str = "") -> bool:
    _row, new = Hold.objects.get_or_create(
        tenant=tenant,
        reason=reason,
        lifted_at=None,
        defaults={
            "note": note[:200],
            "by_label": by.label,
            "at_microsoft": reason == HoldReason.MPN_ID and settings.MPN_SUSPEND_AT_MICROSOFT,
        },
    )
    if new:
        record(tenant, "tenant.held", by, reason=reason.value, note=note)
        settle(tenant, by)
    return new


def _lift(tenant: Tenant, reason: HoldReason, by: By) -> bool:
    hold = tenant.holds.open().filter(reason=reason).first()
    if hold is None or not hold.lift():
        return False
    record(tenant, "tenant.hold_lifted", by, reason=reason.value)
    settle(tenant, by)
    return True


def _unheld(partner: Any) -> QuerySet[Tenant]:
    """Its services that run on."""
    held = Hold.objects.open().filter(reason=HoldReason.MPN_ID, tenant=OuterRef("pk"))
    rows = Tenant.objects.filter(partner_id=partner).exclude(microsoft_id="")
    return rows.filter(~Exists(held))


def _ask(tenant: Tenant, kind: str, by: By, *, hold: int) -> None:
    """Asked of whoever knows the subscriptions, by its name."""
    journal.ask(
        kind=kind,
        account_id=tenant.account_id,
        subject=f"{tenant.key}:hold",
        listed_under=tenant.key,
        journey=f"hold:{hold}",
        params={"tenant": tenant.pk, "hold": hold},
        by=by,
    )


def _tell(partner: PartnerId, tenants: list[Tenant]) -> None:
    context = {
        "partner": partner,
        "tenants": tenants,
        "at_microsoft": settings.MPN_SUSPEND_AT_MICROSOFT,
    }
    template = "services_reopened" if partner.is_valid else "services_suspended"
    tell_members(
        account=partner.account,
        topic=Topic.COMPLIANCE,
        template=template,
        context=context,
        place=partner.key,
    )
    tell_staff(template=template, context=context)

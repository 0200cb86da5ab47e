"""What Microsoft's answers make of a wish; called by `tenants/remote` in its transactions."""

from datetime import date
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext_noop

from journal import services as journal
from journal.models import Operation
from journal.people import By
from tenants import delegation as wishes
from tenants import notices
from tenants.journey import Chain, ask_for_rights
from tenants.models import Agreement, Delegation, DelegationState, Gdap, SeatCount, Tenant

Facts = dict[str, Any]

OLDER = gettext_noop(
    "The customer had a relationship with the provider before you asked. The provider's staff "
    "decides."
)
OTHERS = gettext_noop(
    "Another reseller is attached to this customer at Microsoft. The provider's staff decides; "
    "it goes faster when the customer removes the old reseller."
)
HERE = gettext_noop("This tenant is a service of this portal already.")
UNSIGNED = gettext_noop("Microsoft no longer has the customer's agreement: say who accepted it.")
LEFT = gettext_noop("The customer's relationship with the provider has ended meanwhile.")
TOO_LATE = gettext_noop("The customer has not accepted within 60 days.")
READ_AFTERWARDS = "sync.tenant"
"""Reads all subscriptions of a new tenant; carried out by a room above."""


def appear(delegation: Delegation, facts: Facts, operation: Operation, *, is_new: bool) -> None:
    """The customer's relationship with the provider is there: whose word comes next?"""
    reason = _against(facts, is_new=is_new)
    state = DelegationState.STAFF if reason else DelegationState.TO_VALIDATE
    if Tenant.objects.filter(microsoft_id=facts["customer_id"]).exists():
        state, reason = DelegationState.REFUSED, HERE
    seen = {"microsoft_id": facts["customer_id"], "facts": facts, "appeared_at": now()}
    if delegation.move(DelegationState.WAITING, state, reason=reason, **seen):
        wishes.record(delegation, "delegation.appeared", operation=operation, state=state)
        notices.tell_of_delegation(delegation)


def expire(delegation: Delegation, operation: Operation) -> None:
    """The customer never came: the name is free again."""
    if delegation.move(DelegationState.WAITING, DelegationState.GIVEN_UP, reason=TOO_LATE):
        wishes.record(delegation, "delegation.given_up", operation=operation)
        notices.tell_of_delegation(delegation)


def step_back(
    delegation: Delegation, state: str, reason: str, facts: Facts, operation: Operation
) -> None:
    """Microsoft shows something else than when it was validated: somebody must act again."""
    if not delegation.move(DelegationState.SETTING_UP, state, reason=reason, facts=facts):
        return
    wishes.record(delegation, "delegation.stepped_back", operation=operation, state=state)
    notices.tell_of_delegation(delegation)
    if state == DelegationState.WAITING:
        wishes.ask(delegation, wishes.WAIT, by=asker(operation))


def adopt(
    delegation: Delegation, facts: Facts, agreed: dict[str, str], operation: Operation
) -> None:
    """The tenant is this account's from now on; what it still needs is asked for.

    `agreed`: who accepted Microsoft's agreement, as Microsoft has it or as was just said.
    """
    if not delegation.move(DelegationState.SETTING_UP, DelegationState.SETTING_UP, facts=facts):
        return  # given up meanwhile
    if Tenant.objects.filter(service_name=delegation.tenant_name).exists():
        step_back(delegation, DelegationState.REFUSED, HERE, facts, operation)
        return
    tenant = _new_tenant(delegation, facts)
    Gdap.objects.create(tenant=tenant)
    _new_agreement(delegation, tenant, facts, agreed)
    kept = {"company": facts["company"]}  # people and addresses stand in the tenant's own rows
    Delegation.objects.filter(pk=delegation.pk).update(tenant=tenant, facts=kept)
    wishes.record(delegation, "delegation.adopted", operation=operation, tenant=tenant.pk)
    _set_up(delegation, tenant, operation)


def finish(delegation: Delegation, counts: list[SeatCount], operation: Operation) -> None:
    """Licences can be bought; `counts` are the seats that were there before."""
    tenant = delegation.tenant
    assert tenant is not None
    SeatCount.objects.bulk_create(counts, ignore_conflicts=True)
    tenant.activate()
    if delegation.move(DelegationState.SETTING_UP, DelegationState.DONE):
        wishes.record(delegation, "delegation.done", operation=operation)
        notices.tell_of_delegation(delegation)
    journal.ask(
        kind=READ_AFTERWARDS,
        account_id=tenant.account_id,
        subject=f"sync:{tenant.key}",
        listed_under=tenant.key,
        params={"tenant": tenant.pk},
        by=asker(operation),
    )


def _against(facts: Facts, *, is_new: bool) -> str:
    if not is_new:
        return OLDER
    return OTHERS if facts["others"] else ""


def asker(operation: Operation) -> By:
    """Who asked for the step that has just been done; what follows is asked for in their name."""
    return By(operation.by_label, operation.by_id)


def _new_tenant(delegation: Delegation, facts: Facts) -> Tenant:
    return Tenant.objects.create(
        account=delegation.account,
        partner_id=delegation.partner_id,
        service_name=delegation.tenant_name,
        display_name=delegation.company,
        microsoft_id=facts["customer_id"],
        company=delegation.company,
        first_name=delegation.first_name,
        last_name=delegation.last_name,
        email=delegation.email,
        phone=delegation.phone,
        language=delegation.language,
        country=facts["address"].get("country") or delegation.account.country,
        **{name: facts["address"].get(name, "") for name in ADDRESS},
    )


ADDRESS = ("address", "address2", "city", "region", "postal_code")


def _new_agreement(
    delegation: Delegation, tenant: Tenant, facts: Facts, agreed: dict[str, str]
) -> None:
    template = facts["template"]
    Agreement.objects.create(
        tenant=tenant,
        template_id=agreed.get("template_id") or template.get("id", ""),
        version=template.get("version", ""),
        link=template.get("link", ""),
        first_name=agreed["first_name"],
        last_name=agreed["last_name"],
        email=agreed["email"],
        phone=agreed.get("phone", ""),
        agreed_date=date.fromisoformat(agreed["agreed_date"]),
        recorded_by="Microsoft" if facts["agreed"] else delegation.validated_by,
        attested_at=now() if facts["agreed"] else None,
    )


def _set_up(delegation: Delegation, tenant: Tenant, operation: Operation) -> None:
    by = asker(operation)
    chain = Chain(tenant, journey=delegation.key, by=by, last=operation)
    chain.step("tenant.await_account")
    ask_for_rights(chain)
    if not tenant.agreement.attested_at:
        chain.step("tenant.attest_agreement")
    chain.step("delegation.finish", delegation=delegation.pk)

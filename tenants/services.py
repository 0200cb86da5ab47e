"""Use cases of licence groups."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.access import Actor
from common.passwords import generate
from common.refusals import Impossible
from journal import services as journal
from journal.models import Operation
from journal.people import PORTAL, By
from tenants.models import (
    CREDENTIAL_LIFE,
    Agreement,
    Credential,
    HoldReason,
    Tenant,
    TenantState,
)
from tenants.wishes import Attested

SHOW, MAIL = "show", "mail"
CLOSED = (TenantState.SUSPENDING, TenantState.SUSPENDED, TenantState.REOPENING)


@transaction.atomic
def rename(*, tenant: Tenant, display_name: str, by: By) -> None:
    """Change the name people see; the internal service name stays."""
    display_name = display_name.strip()
    if not display_name:
        raise Impossible(_("Enter a display name."), field="display_name")
    before = tenant.display_name
    if before == display_name:
        return
    Tenant.objects.filter(pk=tenant.pk).update(display_name=display_name, updated_at=now())
    tenant.refresh_from_db()
    record(tenant, "tenant.renamed", by, before=before, after=display_name)


@transaction.atomic
def correct(*, tenant: Tenant, service_name: str, facts: dict[str, str], by: By) -> None:
    """Other data of a customer that Microsoft has not created yet.

    `facts` maps columns of the contact to values. Raises Impossible when the name is taken here.
    """
    others = Tenant.objects.filter(service_name=service_name).exclude(pk=tenant.pk)
    if others.exists():
        raise Impossible(_("This sub-domain is already taken."), field="subdomain")
    mine = Tenant.objects.filter(pk=tenant.pk, microsoft_id="")
    mine.update(service_name=service_name, updated_at=now(), **facts)
    tenant.refresh_from_db()
    record(tenant, "tenant.corrected", by)


@transaction.atomic
def reset_admin_password(*, tenant: Tenant, delivery: str, actor: Actor) -> Operation:
    """Set a new password for the tenant's first administrator, to be changed at sign-in.

    `delivery`: `show` it once to the one who asks, or `mail` it to the customer.
    Raises Impossible while the customer has not granted the right.
    """
    need_usable(tenant)
    if delivery == MAIL and tenant.contact_erased_at is not None:
        raise Impossible(
            _("The contact has been erased: nobody is left to mail it to."), field="delivery"
        )
    if not tenant.gdap.is_ready:
        raise Impossible(
            _("The customer's administrator must first approve the delegated rights."),
            code="gdap",
        )
    credential = Credential.objects.create(
        tenant=tenant,
        purpose=Credential.Purpose.RESET,
        login=tenant.admin_login,
        secret={"password": generate()},
        show_to_id=actor.user.pk if delivery == SHOW else None,
    )
    operation = journal.ask(
        kind="tenant.reset_password",
        account_id=tenant.account_id,
        subject=tenant.key,
        params={"tenant": tenant.pk, "credential": credential.pk, "delivery": delivery},
        by=actor.by,
    )
    Credential.objects.filter(pk=credential.pk).update(operation_id=operation.pk)
    return operation


@transaction.atomic
def reveal(*, credential: Credential, by: By) -> str:
    """The password, once. Raises Impossible when it is not set yet or gone."""
    locked = Credential.objects.select_for_update().get(pk=credential.pk)
    done = Operation.objects.filter(pk=locked.operation_id or 0, state="done").exists()
    if locked.secret is None:
        raise Impossible(_("This password has been shown or has expired. Reset it again."))
    if not done:
        raise Impossible(_("Microsoft has not confirmed the new password yet."))
    password: str = locked.secret["password"]
    locked.erase("shown")
    record(locked.tenant, "tenant.password_shown", by)
    return password


@transaction.atomic
def accept_agreement(*, tenant: Tenant, attested: Attested, by: By) -> Operation:
    """The customer has accepted Microsoft's agreement again: a new version, or it was missing.

    Raises Impossible for a tenant that does not exist yet.
    """
    if not tenant.microsoft_id:
        raise Impossible(
            _("Microsoft has not finished creating this service yet."), code="creating"
        )
    facts = {**vars(attested), "recorded_by": by.label, "attested_at": None}
    Agreement.objects.update_or_create(tenant=tenant, defaults=facts)
    record(tenant, "tenant.agreement_accepted", by, agreed_date=str(attested.agreed_date))
    return journal.ask(
        kind="tenant.attest_agreement",
        account_id=tenant.account_id,
        subject=tenant.key,
        params={"tenant": tenant.pk},
        by=by,
    )


def need_usable(tenant: Tenant) -> None:
    """Raises Impossible with the reason why this tenant cannot be changed now."""
    if tenant.state in CLOSED:
        raise Impossible(_why_closed(tenant), code="suspended")
    if not tenant.is_usable:
        raise Impossible(
            _("Microsoft has not finished creating this service yet."), code="creating"
        )


def need_reducible(tenant: Tenant) -> None:
    """As `need_usable`; but what costs less is allowed while only the MPN ID is amiss."""
    reasons = set(tenant.holds.open().values_list("reason", flat=True))
    if tenant.state not in CLOSED or reasons != {HoldReason.MPN_ID}:
        need_usable(tenant)


def _why_closed(tenant: Tenant) -> str:
    reasons = set(tenant.holds.open().values_list("reason", flat=True))
    if reasons == {HoldReason.MPN_ID}:
        text = _("This service is suspended until its MPN ID %(id)s is valid again.")
        return text % {"id": tenant.partner_id.mpn_id}
    if not reasons:
        return _("This service is being reopened. Try again in a moment.")
    return _("This service is suspended. Contact the provider.")


def forget_credentials() -> int:
    """Erase what nobody has fetched within a day; returns how many."""
    old = Credential.objects.filter(erased_at=None, created_at__lt=now() - CREDENTIAL_LIFE)
    # A first password waits for its mail as long as the order itself waits, a week at most.
    waiting = Credential.Purpose.INITIAL
    week = now() - timedelta(days=7)
    rows = [c for c in old if c.purpose != waiting or c.created_at < week]
    return sum(credential.erase("expired") for credential in rows)


def record(
    tenant: Tenant,
    kind: str,
    by: By = PORTAL,
    operation: Operation | None = None,
    **data: object,
) -> None:
    """Write an event of this tenant."""
    journal.record(
        kind=kind,
        account_id=tenant.account_id,
        subject=tenant.key,
        data=data,
        by=by,
        operation=operation,
    )

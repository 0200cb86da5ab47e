"""Use cases of delegation: wish, look again, validate, give up; approve and refuse by staff.

Rows and journal only. What Microsoft's answers change is in `tenants/adoption.py`.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.models import Account, PartnerId
from common.refusals import Impossible
from journal import services as journal
from journal.models import OPEN, Operation, State
from journal.people import PORTAL, By
from tenants import notices
from tenants.models import Delegation, DelegationState, Tenant
from tenants.wishes import NAME, Attested, DelegationWish

LOOK, WAIT, MAIL, ADOPT = (
    "delegation.look",
    "delegation.await_customer",
    "delegation.mail_link",
    "delegation.adopt",
)


def wish_delegation(*, actor: Actor, wish: DelegationWish, is_new: bool) -> Delegation:
    """Keep the wish and begin to wait; the same form sent again is the same wish.

    `is_new`: Microsoft was asked a moment ago and showed no relationship with this customer.
    Raises Impossible with all that the rules forbid.
    """
    known = same_form(actor.account, wish)
    if known is not None:
        return known
    partner = judge_wish(actor=actor, wish=wish)
    names = ("company", "first_name", "last_name", "email", "phone", "language")
    contact = {name: getattr(wish, name) for name in names}
    try:
        with transaction.atomic():
            delegation = Delegation.objects.create(
                account=actor.account,
                partner_id=partner,
                form_key=wish.form_key,
                tenant_name=wish.tenant_name,
                wished_by=actor.user.email,
                **contact,
            )
            record(delegation, "delegation.wished", actor.by)
            ask(delegation, LOOK, by=actor.by, is_new=is_new)
            return delegation
    except IntegrityError:  # somebody was first: the same form, or the same tenant
        known = same_form(actor.account, wish)
        if known is not None:
            return known
        raise _spoken_for(actor.account, wish.tenant_name) from None


def judge_wish(*, actor: Actor, wish: DelegationWish) -> PartnerId:
    """What our own rules say; nothing is written. Raises Impossible, all refusals at once."""
    errors: dict[str, str] = {}
    partner = actor.account.partner_ids.registered().filter(mpn_id=wish.mpn_id).first()
    if partner is None:
        errors["mpn_id"] = _("Choose one of your MPN IDs.")
    elif not partner.is_valid:
        text = _("Microsoft does not accept this MPN ID now: %(reason)s")
        errors["mpn_id"] = text % {"reason": partner.reason}
    if not NAME.fullmatch(wish.tenant_name):
        errors["tenant_name"] = _("Enter the name that ends in .onmicrosoft.com.")
    elif not is_free(wish.tenant_name):
        errors["tenant_name"] = str(_spoken_for(actor.account, wish.tenant_name))
    if partner is None or errors:
        raise Impossible.several(errors)
    return partner


def is_free(tenant_name: str) -> bool:
    """Neither a service of this portal nor wished by anybody."""
    open_ones = Delegation.objects.open().filter(tenant_name=tenant_name)
    return not (
        open_ones.exists() or Tenant.objects.filter(service_name__iexact=tenant_name).exists()
    )


def why_not_free(account: Account, tenant_name: str) -> str:
    """The sentence for this reseller; empty when the tenant is free."""
    return "" if is_free(tenant_name) else str(_spoken_for(account, tenant_name))


def same_form(account: Account, wish: DelegationWish) -> Delegation | None:
    """The wish that this very form has already placed. Raises Impossible when it was changed."""
    known = Delegation.objects.filter(account=account, form_key=wish.form_key).first()
    if known is not None and known.tenant_name != wish.tenant_name:
        text = _("This form has asked for %(name)s already. Begin a new one.")
        raise Impossible(text % {"name": known.tenant_name}, code="form_key")
    return known


@transaction.atomic
def look_again(*, delegation: Delegation, by: By) -> bool:
    """The customer says that it is done: ask Microsoft now. False when nothing is waited for."""
    if delegation.state != DelegationState.WAITING:
        return False
    if delegation.steps().filter(kind__in=[LOOK, WAIT], state__in=OPEN).exists():
        journal.hurry(subjects=[delegation.key])
        return True
    first = delegation.steps().filter(kind=LOOK)
    if first.filter(state=State.DONE).exists():
        ask(delegation, WAIT, by=by)
    else:  # nobody has seen yet how old the relationship is
        is_new = all(step.params["is_new"] for step in first)
        ask(delegation, LOOK, by=by, is_new=is_new)
    return True


def delegation_seen(*, domain: str = "", customer_id: str = "") -> int:
    """Microsoft tells that a customer has accepted: look at what waits now; returns how many.

    Give the initial domain where it is known: an id alone is not known to a wish that waits, so
    then all of them look.
    """
    waiting = Delegation.objects.waiting()
    if domain:
        waiting = waiting.filter(tenant_name__iexact=domain)
    elif Tenant.objects.filter(microsoft_id=customer_id.lower()).exists():
        return 0
    subjects = [delegation.key for delegation in waiting]
    with transaction.atomic():
        journal.hurry(subjects=subjects)
    return len(subjects)


@transaction.atomic
def validate(*, delegation: Delegation, name: str, attested: Attested | None, actor: Actor) -> None:
    """The second validation: the tenant's exact name, and who accepted Microsoft's agreement.

    Raises Impossible beside the field.
    """
    if delegation.state != DelegationState.TO_VALIDATE:
        raise Impossible(_("This delegation does not wait for your validation."), code="state")
    if name.strip().lower() != delegation.tenant_name:
        text = _("This is not the tenant's name. Type %(name)s.")
        raise Impossible(text % {"name": delegation.tenant_name}, field="name")
    if attested is None and not delegation.has_agreement:
        text = _("Microsoft sells nothing without this agreement.")
        raise Impossible(text, field="agreed")
    if not delegation.partner_id.is_valid:
        text = _("Microsoft does not accept this MPN ID now: %(reason)s")
        raise Impossible(text % {"reason": delegation.partner_id.reason}, code="mpn_id")
    signed = {"validated_by": actor.user.email, "validated_at": now()}
    if not delegation.move(DelegationState.TO_VALIDATE, DelegationState.SETTING_UP, **signed):
        return
    record(delegation, "delegation.validated", actor.by)
    ask(delegation, ADOPT, by=actor.by, secret=_plain(attested))


@transaction.atomic
def give_up(*, delegation: Delegation, by: By) -> None:
    """The reseller no longer wants it. Raises Impossible once the service exists."""
    locked = Delegation.objects.select_for_update().get(pk=delegation.pk)
    if not locked.may_be_given_up:
        text = _("It can no longer be given up. Cancel the subscriptions of the service instead.")
        raise Impossible(text if locked.is_open else _("It has ended already."), code="too_late")
    locked.move(locked.state, DelegationState.GIVEN_UP, facts={})
    _end(locked, "delegation.given_up", by)
    delegation.refresh_from_db()


@transaction.atomic
def approve(*, delegation: Delegation, by: By) -> bool:
    """Staff has looked: the reseller may validate. False when it does not wait for staff."""
    facts = {"is_cleared": True, "decided_by": by.label}
    if not delegation.move(DelegationState.STAFF, DelegationState.TO_VALIDATE, **facts):
        return False
    record(delegation, "delegation.approved", by)
    notices.tell_of_delegation(delegation)
    return True


@transaction.atomic
def refuse(*, delegation: Delegation, reason: str, by: By) -> bool:
    """Staff says no, with a reason that the reseller reads. False when it is too late."""
    if not delegation.may_be_given_up:
        return False
    facts = {"reason": reason, "decided_by": by.label, "facts": {}}
    if not delegation.move(delegation.state, DelegationState.REFUSED, **facts):
        return False
    _end(delegation, "delegation.refused", by, reason=reason)
    notices.tell_of_delegation(delegation)
    return True


def ask(
    delegation: Delegation, kind: str, *, by: By, secret: Any = None, **params: Any
) -> Operation:
    """One step of this wish. The mail stands apart: a mail server that is away holds nothing up."""
    apart = ":mail" if kind == MAIL else ""
    return journal.ask(
        kind=kind,
        account_id=delegation.account_id,
        subject=delegation.key + apart,
        listed_under=delegation.key,
        journey=delegation.key,
        params={"delegation": delegation.pk, **params},
        secret=secret,
        by=by,
    )


def record(
    delegation: Delegation,
    kind: str,
    by: By = PORTAL,
    operation: Operation | None = None,
    **data: Any,
) -> None:
    """Write an event of this wish."""
    journal.record(
        kind=kind,
        account_id=delegation.account_id,
        subject=delegation.key,
        data={"tenant_name": delegation.tenant_name, **data},
        by=by,
        operation=operation,
    )


def _end(delegation: Delegation, kind: str, by: By, **data: Any) -> None:
    """Nothing of it goes on; what is being done just now finds the new state."""
    for step in delegation.steps().filter(state__in=[State.TODO, State.ERROR]):
        journal.cancel(operation=step, by=by)
    record(delegation, kind, by, **data)


def _plain(attested: Attested | None) -> dict[str, str] | None:
    if attested is None:
        return None
    return {name: str(value) for name, value in vars(attested).items()}


def _spoken_for(account: Account, tenant_name: str) -> Impossible:
    """Whose it is, in plain words."""
    owner = Tenant.objects.filter(service_name__iexact=tenant_name).first()
    if owner is not None and owner.account_id == account.pk:
        text = _("This tenant is one of your services already.")
    elif owner is not None:
        text = _(
            "This tenant belongs to another reseller here. It cannot move between accounts: "
            "contact the provider."
        )
    elif Delegation.objects.open().filter(account=account, tenant_name=tenant_name).exists():
        text = _("You have asked for this tenant already: see your delegations.")
    else:
        text = _("Another reseller has asked for this tenant before you. Contact the provider.")
    return Impossible(text, field="tenant_name", code="taken")

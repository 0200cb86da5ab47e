"""The one call behind form and API of a delegation: look at Microsoft, then keep the wish."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.models import Account, PartnerId, Role
from common.refusals import Impossible
from tenants import delegation
from tenants.models import Delegation
from tenants.remote import checks
from tenants.wishes import NAME, DelegationWish


@dataclass(frozen=True)
class Check:
    """What a live check found (`good`, `bad`, `unknown`), and the sentence beside the field."""

    answer: str
    text: str


def take_delegation(*, actor: Actor, wish: DelegationWish) -> Delegation:
    """Keep the wish. Raises Impossible, with nothing written."""
    actor.need(Role.MANAGER)
    actor.need_all()
    known = delegation.same_form(actor.account, wish)
    if known is not None:
        return known
    delegation.judge_wish(actor=actor, wish=wish)
    found = check_name(actor=actor, name=wish.tenant_name)
    if found.answer == "bad":
        raise Impossible(found.text, field="tenant_name")
    is_new = checks.is_related(actor.account.region, wish.tenant_name) is False
    return delegation.wish_delegation(actor=actor, wish=wish, is_new=is_new)


def check_name(*, actor: Actor, name: str) -> Check:
    """Is there such a tenant, and is it free to be taken over?"""
    if not NAME.fullmatch(name):
        return Check("bad", _("Enter the name that ends in .onmicrosoft.com."))
    taken = delegation.why_not_free(actor.account, name)
    if taken:
        return Check("bad", taken)
    there = checks.exists(actor.account.region, name)
    if there is None:
        return Check("unknown", _("Microsoft does not answer: cannot tell whether it exists."))
    if not there:
        text = _("Microsoft knows no tenant %(name)s. Check the spelling.")
        return Check("bad", text % {"name": name})
    return Check("good", _("Microsoft knows this tenant."))


def partner_choices(account: Account) -> list[PartnerId]:
    """The account's MPN IDs that may order."""
    return [partner for partner in account.partner_ids.all() if partner.is_valid]

"""Opening an account and changing its settings."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Account, Membership, PartnerState, Role, Site, User
from accounts.regions import DEFAULT_CURRENCY, Region, in_region
from common.refusals import Impossible
from journal import services as journal
from journal.people import By


@transaction.atomic
def open_account(*, user: User, name: str, **facts: str) -> Account:
    """A new reseller, owned by this person; its currency is the region's unless given."""
    account = create_account(name=name, by=user.by, language=user.language, **facts)
    Membership.objects.create(account=account, user=user, role=Role.OWNER)
    return account


def create_account(*, name: str, by: By, **facts: str) -> Account:
    """A new reseller that nobody belongs to yet. Raises Impossible for a country elsewhere."""
    region = Region(facts.get("region", Region.EU))
    facts.setdefault("currency", DEFAULT_CURRENCY[region])
    site = Site.objects.filter(pk=1).first()
    if site is not None:
        facts.setdefault("time_zone", site.time_zone)
    if "country" in facts and not in_region(region=region, country=facts["country"]):
        raise Impossible(_("This country is not in the region."), field="country")
    account = Account.objects.create(name=name, **facts)
    record(account, "account.opened", by, name=name)
    return account


@transaction.atomic
def change_account(*, account: Account, facts: dict[str, Any], by: By) -> Account:
    """Change settings; `facts` are valid values of columns.

    A new region brings its own currency unless another one is chosen with it. Raises Impossible
    for a country outside the region, and for a new region while MPN IDs are registered: they and
    all that was ordered under them belong to the old one.
    """
    locked = Account.objects.select_for_update().get(pk=account.pk)
    region = facts.get("region", locked.region)
    if not in_region(region=region, country=facts.get("country", locked.country)):
        raise Impossible(_("This country is not in the region."), field="country")
    if region != locked.region:
        _need_no_partner_ids(locked)
        if facts.get("currency", locked.currency) == locked.currency:
            facts = {**facts, "currency": DEFAULT_CURRENCY[Region(region)]}
    changed = {name: value for name, value in facts.items() if getattr(locked, name) != value}
    if changed:
        before = {name: str(getattr(locked, name)) for name in changed}
        Account.objects.filter(pk=locked.pk).update(**changed)
        after = {name: str(value) for name, value in changed.items()}
        record(locked, "account.changed", by, before=before, after=after)
        locked.refresh_from_db()
    return locked


def change_profile(*, user: User, language: str, first_name: str, last_name: str) -> None:
    """A person's own name, and the language of pages and mails."""
    User.objects.filter(pk=user.pk).update(
        language=language, first_name=first_name, last_name=last_name
    )
    user.refresh_from_db()


def switch_letter_keys(*, user: User, on: bool) -> None:
    """Whether letters alone are shortcuts for this person (WCAG 2.2, 2.1.4)."""
    User.objects.filter(pk=user.pk).update(has_letter_keys=on)


def record(account: Account, kind: str, by: By, *, subject: str = "", **data: Any) -> None:
    """Write an event of this account."""
    journal.record(
        kind=kind,
        account_id=account.pk,
        subject=subject or account.key,
        listed_under=account.key,
        data=data,
        by=by,
    )


def _need_no_partner_ids(account: Account) -> None:
    if account.partner_ids.exclude(state=PartnerState.REMOVED).exists():
        text = _("The region cannot change while MPN IDs are registered.")
        raise Impossible(text, field="region")

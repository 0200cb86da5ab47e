"""Members of an account and invitations to it."""

import secrets
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.models import (
    Account,
    CalendarFeed,
    Invitation,
    Membership,
    ReachKind,
    ReportFile,
    ReportSchedule,
    Role,
    Token,
    User,
)
from accounts.services.account import create_account, record
from accounts.services.mail import post_notice
from accounts.tokens import digest_of
from common.refusals import Impossible
from journal.people import By

INVITATION_LIFE = timedelta(days=7)


@transaction.atomic
def invite(
    *,
    account: Account,
    email: str,
    role: str,
    by: By,
    reach: str = ReachKind.ALL,
    chosen: Collection[int] = (),
) -> Invitation:
    """Mail a link that lets this address join; an earlier invitation of it works no longer.

    `chosen`: the tenants that `reach` is about. Raises Impossible for an address that is a member
    already, and for a limited owner.
    """
    _need_sense(role, reach, chosen)
    email = email.lower()
    if account.memberships.filter(user__email=email).exists():
        raise Impossible(_("This person is already a member."), field="email")
    for earlier in account.invitations.open().filter(email=email):
        earlier.withdraw()
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        account=account,
        email=email,
        role=role,
        reach=reach,
        chosen=sorted(chosen),
        digest=digest_of(secret),
        expires_at=now() + INVITATION_LIFE,
    )
    _mail(invitation, secret, by)
    record(account, "member.invited", by, email=email, role=role, **invitation.limits)
    return invitation


@transaction.atomic
def open_account_for(*, email: str, name: str, by: By, **facts: str) -> Account:
    """A new reseller whose owner is invited to this address."""
    account = create_account(name=name, by=by, **facts)
    invite(account=account, email=email, role=Role.OWNER, by=by)
    return account


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: By) -> bool:
    """The link works no longer; False when it did not any more."""
    if not invitation.withdraw():
        return False
    record(invitation.account, "member.invitation_withdrawn", by, email=invitation.email)
    return True


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User) -> Membership:
    """Join. Raises Impossible when the link is used or old, or was sent to another address."""
    if user.email.lower() != invitation.email.lower():
        text = _("This invitation was sent to %(email)s. Sign in with that address.")
        raise Impossible(text % {"email": invitation.email}, code="other_address")
    if not invitation.accept():
        raise Impossible(_("This invitation is used or has expired. Ask for a new one."))
    given = {name: getattr(invitation, name) for name in ("role", "reach", "chosen")}
    membership, new = Membership.objects.get_or_create(
        account=invitation.account, user=user, defaults=given
    )
    if new:
        facts = {"email": user.email, "role": membership.role, **membership.limits}
        record(invitation.account, "member.joined", user.by, **facts)
    return membership


@transaction.atomic
def change_member(
    *, membership: Membership, role: str, reach: str, chosen: Collection[int], by: By
) -> None:
    """What this member may do, and which tenants they see from now on, by any door.

    Raises Impossible when the account would be left without an owner, for an owner of limited
    reach, and where nothing is chosen.
    """
    locked = _locked(membership)
    _need_sense(role, reach, chosen)
    if locked.role == Role.OWNER != role:
        _need_another_owner(locked)
    told = {"email": locked.user.email}
    before = {"reach": locked.reach, "services": sorted(locked.chosen)}
    after = {"reach": str(reach), "services": sorted(chosen)}
    Membership.objects.filter(pk=locked.pk).update(role=role, reach=reach, chosen=sorted(chosen))
    if locked.role != role:
        record(locked.account, "member.role_changed", by, before=locked.role, after=role, **told)
    if before != after:
        record(locked.account, "member.reach_changed", by, before=before, after=after, **told)


@transaction.atomic
def remove_member(*, membership: Membership, by: By) -> None:
    """Their tokens, feed and reports for this account end too.

    Raises Impossible for the last owner.
    """
    locked = _locked(membership)
    if locked.role == Role.OWNER:
        _need_another_owner(locked)
    for token in Token.objects.filter(account=locked.account, user=locked.user, revoked_at=None):
        token.revoke()
    for feed in CalendarFeed.objects.filter(account=locked.account, user=locked.user):
        feed.revoke()
    for rows in (ReportSchedule.objects, ReportFile.objects):
        rows.filter(account=locked.account, user=locked.user).delete()
    locked.delete()
    record(locked.account, "member.removed", by, email=locked.user.email)


def _locked(membership: Membership) -> Membership:
    """Two owners may not demote each other at the same time: the account's row is the lock."""
    Account.objects.select_for_update().get(pk=membership.account_id)
    return Membership.objects.select_related("account", "user").get(pk=membership.pk)


def _need_sense(role: str, reach: str, chosen: Collection[int]) -> None:
    if reach == ReachKind.ALL:
        return
    if role == Role.OWNER:
        text = _("An owner always sees all services. Choose another role, or all services.")
        raise Impossible(text, field="reach", code="owner")
    if not chosen:
        raise Impossible(_("Choose at least one service."), field="chosen", code="nothing")


def _need_another_owner(membership: Membership) -> None:
    owners = Membership.objects.filter(account=membership.account, role=Role.OWNER)
    if not owners.exclude(pk=membership.pk).exists():
        raise Impossible(_("An account needs an owner."), field="role", code="last_owner")


def _mail(invitation: Invitation, secret: str, by: By) -> None:
    link = settings.PORTAL_URL + reverse("accounts:invitation", args=[secret])
    post_notice(
        to=invitation.email,
        template="invitation",
        language=invitation.account.language,
        context={"invitation": invitation, "link": link, "by": by.label},
        by=by,
        account_id=invitation.account_id,
    )

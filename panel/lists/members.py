"""The people of an account, and the invitations to it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.models import Invitation, Membership, Role
from accounts.second_factor.policy import with_factor
from common.templatetags.marks import badge
from common.templatetags.values import moment
from panel.lists.filters import Filters, choice
from panel.lists.listing import Column, Empty, Listing

ROLES = [(role.value, role.short) for role in Role]
FACTOR = [("yes", gettext_lazy("has one")), ("no", gettext_lazy("none"))]
STATES = [("open", _("open")), ("accepted", _("accepted")), ("ended", _("expired or withdrawn"))]
MARKS = {"open": "waiting", "accepted": "ok", "ended": "cancelled"}
INVITE = Empty(
    icon="people",
    title=_("No invitation yet."),
    text=_("Invite the people who shall work with you; what became of it is listed here."),
    to="accounts:members",
    label=_("To the members"),
)


class MemberFilters(Filters):
    """By text, role and second factor."""

    role = choice(_("Role"), ROLES)
    factor = choice(_("Second factor"), FACTOR)

    def by_search(self, rows: QuerySet[Membership], text: str) -> QuerySet[Membership]:
        """Address and name."""
        return rows.filter(
            Q(user__email__icontains=text)
            | Q(user__first_name__icontains=text)
            | Q(user__last_name__icontains=text)
        )

    def by_role(self, rows: QuerySet[Membership], role: str) -> QuerySet[Membership]:
        return rows.filter(role=role)

    def by_factor(self, rows: QuerySet[Any], factor: str) -> QuerySet[Membership]:
        """Just owners are told."""
        return rows.filter(has_factor=factor == "yes") if self.actor.may(Role.OWNER) else rows


class InvitationFilters(Filters):
    """By text, role and what became of it."""

    role = choice(_("Role"), ROLES)
    state = choice(_("Status"), STATES)

    def by_search(self, rows: QuerySet[Invitation], text: str) -> QuerySet[Invitation]:
        """The address."""
        return rows.filter(email__icontains=text)

    def by_role(self, rows: QuerySet[Invitation], role: str) -> QuerySet[Invitation]:
        return rows.filter(role=role)

    def by_state(self, rows: QuerySet[Invitation], state: str) -> QuerySet[Invitation]:
        if state == "accepted":
            return rows.filter(accepted_at__isnull=False)
        still = {"expires_at__gt": now()} if state == "open" else {"expires_at__lte": now()}
        return rows.filter(accepted_at=None, **still)


def _members(actor: Actor) -> QuerySet[Membership]:
    return with_factor(Membership.objects.filter(account=actor.account).select_related("user"))


def _invitations(actor: Actor) -> QuerySet[Invitation]:
    return Invitation.objects.filter(account=actor.account)


def _state(invitation: Invitation) -> str:
    if invitation.accepted_at:
        return "accepted"
    return "open" if invitation.expires_at > now() else "ended"


def _state_text(invitation: Invitation) -> str:
    return str(dict(STATES)[_state(invitation)])


MEMBERS: Listing[Membership] = Listing(
    name="members",
    title=_("Members"),
    lead=_("Everybody who works in this account, with role and last sign-in."),
    rows=_members,
    columns=(
        Column("email", _("E-mail address"), lambda row: row.user.email, sort="user__email"),
        Column(
            "name",
            _("Name"),
            lambda row: row.user.get_full_name(),
            cell=lambda row: row.user.get_full_name() or "–",
            sort="user__last_name",
        ),
        Column(
            "role", _("Role"), lambda row: row.role, text=lambda row: row.short_role, sort="role"
        ),
        Column(
            "factor",
            _("Second factor"),
            lambda row: bool(row.has_factor),
            text=lambda row: gettext("yes") if row.has_factor else gettext("none"),
            need=Role.OWNER,
        ),
        Column(
            "last_login",
            _("Last sign-in"),
            lambda row: row.user.last_login,
            cell=lambda row: moment(row.user.last_login),
            sort="user__last_login",
            has_gaps=True,
            need=Role.OWNER,
        ),
        Column(
            "since",
            _("Since"),
            lambda row: row.created_at,
            cell=lambda row: moment(row.created_at),
            sort="created_at",
        ),
    ),
    filters=MemberFilters,
    first_sort="email",
    empty=INVITE,
)

INVITATIONS: Listing[Invitation] = Listing(
    name="invitations",
    title=_("Invitations"),
    lead=_("Who was invited to this account, by when it is to be answered, and what became of it."),
    rows=_invitations,
    columns=(
        Column("email", _("E-mail address"), lambda row: row.email, sort="email"),
        Column(
            "role", _("Role"), lambda row: row.role, text=lambda row: row.short_role, sort="role"
        ),
        Column(
            "state",
            _("Status"),
            _state,
            text=_state_text,
            cell=lambda row: badge(MARKS[_state(row)], _state_text(row)),
        ),
        Column(
            "created",
            _("Created"),
            lambda row: row.created_at,
            cell=lambda row: moment(row.created_at),
            sort="created_at",
        ),
        Column(
            "expires",
            _("Valid until"),
            lambda row: row.expires_at,
            cell=lambda row: moment(row.expires_at),
            sort="expires_at",
        ),
    ),
    filters=InvitationFilters,
    first_sort="-created",
    empty=INVITE,
)

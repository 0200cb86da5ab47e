"""Who acts, in which account, with which role: the only door for a person or a token."""

from dataclasses import dataclass
from typing import cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.impersonation import visits
from accounts.models import (
    Account,
    BrowserSession,
    CalendarFeed,
    Invitation,
    Membership,
    PartnerId,
    PartnerIdQuerySet,
    ReportFile,
    ReportSchedule,
    Role,
    SavedView,
    SupportVisit,
    Token,
    User,
)
from accounts.reach import EVERYTHING, Reach
from accounts.tokens import digest_of
from journal.people import By

SESSION_KEY = "account"


@dataclass(frozen=True)
class Actor:
    """A person in one account; a token may narrow the role, never the reach."""

    user: User
    account: Account
    role: Role
    reach: Reach = EVERYTHING
    visit: SupportVisit | None = None
    """Set: the user is staff, in the place of a member whose role and reach these are."""

    @property
    def by(self) -> By:
        return self.visit.by if self.visit else self.user.by

    @property
    def member(self) -> User:
        """Whose place it is: on a visit not the one who acts."""
        return self.visit.member if self.visit else self.user

    def may(self, role: Role) -> bool:
        return self.role.rank >= role.rank

    def need(self, role: Role) -> None:
        """Raises PermissionDenied (403) for one who may only look."""
        if not self.may(role):
            raise PermissionDenied

    @property
    def may_create(self) -> bool:
        """May bring new services into the account: it would not be seen by one who sees few."""
        return self.may(Role.MANAGER) and not self.reach.is_limited

    def need_all(self) -> None:
        """Raises PermissionDenied (403) for one who sees only some of the account's services."""
        if self.reach.is_limited:
            text = _("This is about the whole account. You see only some of its services.")
            raise PermissionDenied(text)


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind a page or an API call, kept on the request.

    Raises Http404 for one who belongs to no account: nothing here is theirs.
    """
    if not hasattr(request, "_actor"):
        token = getattr(request, "auth", None)
        found = _of_token(token) if isinstance(token, Token) else _of_session(request)
        request._actor = found  # type: ignore[attr-defined]
    if request._actor is None:  # type: ignore[attr-defined]
        raise Http404
    return cast(Actor, request._actor)  # type: ignore[attr-defined]


def acting(membership: Membership) -> Actor:
    """The member as they act in the account, with role and reach of now."""
    reach = Reach.of(membership)
    return Actor(membership.user, membership.account, Role(membership.role), reach)


def actor_in(user: User, account: Account) -> Actor | None:
    """The person with today's rights, for work that goes on without them; None: has left."""
    rows = Membership.objects.filter(user=user, user__is_active=True, account=account)
    membership = rows.select_related("account", "user").first()
    return acting(membership) if membership else None


def actor_or_none(request: HttpRequest) -> Actor | None:
    try:
        return actor_of(request) if request.user.is_authenticated else None
    except Http404:
        return None


def person_of(request: HttpRequest) -> User:
    """The signed-in person, in whichever account. Call it behind `login_required`."""
    assert isinstance(request.user, User)
    return request.user


def need_staff(request: HttpRequest) -> User:
    """The member of staff who asks. Raises Http404 for everybody else: there is nothing here."""
    person = person_of(request)
    if not (person.is_staff and person.is_active):
        raise Http404
    return person


def choose_account(request: HttpRequest, pk: int) -> Account:
    """Work in this account from now on. Raises Http404 for one who does not belong to it."""
    accounts = Account.objects.filter(memberships__user=person_of(request))
    account = get_object_or_404(accounts, pk=pk)
    request.session[SESSION_KEY] = account.pk
    return account


def partner_id_for(actor: Actor, pk: int, *, need: Role = Role.VIEWER) -> PartnerId:
    """The MPN ID of the actor's account. Raises Http404 for a stranger, PermissionDenied (403)
    for one whose role does not reach; so do the doors below."""
    partner = get_object_or_404(partner_board(actor).select_related("account"), pk=pk)
    actor.need(need)
    return partner


def partner_board(actor: Actor) -> PartnerIdQuerySet:
    """The account's MPN IDs with what hangs on them within reach: `services`, their number, and
    the first twenty as `some_services`."""
    rows = PartnerId.objects.on_board().filter(account=actor.account)
    return rows.with_services(actor.reach.within).order_by("mpn_id")


def membership_for(actor: Actor, pk: int, *, need: Role = Role.VIEWER) -> Membership:
    """A member of the actor's account."""
    membership = get_object_or_404(actor.account.memberships.select_related("user"), pk=pk)
    actor.need(need)
    return membership


def invitation_for(actor: Actor, pk: int, *, need: Role = Role.VIEWER) -> Invitation:
    """An open invitation of the actor's account."""
    invitation = get_object_or_404(actor.account.invitations.open(), pk=pk)
    actor.need(need)
    return invitation


def token_for(actor: Actor, pk: int, *, need: Role = Role.VIEWER) -> Token:
    """An API token of the actor's account."""
    token = get_object_or_404(actor.account.tokens.filter(revoked_at=None), pk=pk)
    actor.need(need)
    return token


def saved_views_of(actor: Actor, listing: str) -> QuerySet[SavedView]:
    """What just this person keeps of a list in this account."""
    return SavedView.objects.filter(user=actor.user, account=actor.account, list=listing)


def saved_view_for(actor: Actor, pk: int) -> SavedView:
    """A saved view of just this person. Raises Http404 for anybody else."""
    return get_object_or_404(SavedView, user=actor.user, account=actor.account, pk=pk)


def session_for(request: HttpRequest, pk: int) -> BrowserSession:
    """A browser in which this very person is signed in."""
    return get_object_or_404(BrowserSession, user=person_of(request), pk=pk)


def actor_of_feed(secret: str) -> Actor:
    """The person and account whose calendar this secret opens; only to look.

    Raises Http404 for one that is unknown or revoked, or whose person has left.
    """
    rows = CalendarFeed.objects.filter(digest=digest_of(secret), revoked_at=None)
    feed = rows.select_related("user", "account").first()
    if feed is None or not feed.user.is_active:
        raise Http404
    membership = get_object_or_404(Membership, user=feed.user, account=feed.account)
    return Actor(feed.user, feed.account, Role.VIEWER, Reach.of(membership))


def schedules_of(actor: Actor) -> QuerySet[ReportSchedule]:
    """What just this person is sent about this account."""
    return ReportSchedule.objects.filter(user=actor.user, account=actor.account)


def schedule_for(request: HttpRequest, pk: int) -> ReportSchedule:
    """A schedule of just this person, in whichever account. Raises Http404 for anybody else."""
    rows = ReportSchedule.objects.select_related("account", "user")
    return get_object_or_404(rows, user=person_of(request), pk=pk)


def file_for(request: HttpRequest, secret: str) -> tuple[ReportFile, Actor]:
    """The file that this secret opens for just this person, who is still a member.

    Raises Http404 for anybody else, and once it has expired.
    """
    rows = ReportFile.objects.open().select_related("account")
    person = person_of(request)
    found = get_object_or_404(rows, user=person, digest=digest_of(secret))
    actor = actor_in(person, found.account)
    if actor is None:
        raise Http404
    return found, actor


def _of_session(request: HttpRequest) -> Actor | None:
    if not request.user.is_authenticated:
        return None
    if visits.is_visiting(request):
        return _on_visit(visits.current(request))
    rows = Membership.objects.filter(user_id=request.user.pk).select_related("account", "user")
    chosen = request.session.get(SESSION_KEY, 0)
    membership = rows.filter(account_id=chosen).first() or rows.order_by("pk").first()
    if membership is None:
        return None
    return acting(membership)


def _on_visit(visit: SupportVisit | None) -> Actor | None:
    """Never the person's own accounts meanwhile."""
    membership = visits.membership_of(visit) if visit else None
    if visit is None or membership is None:
        return None
    role, reach = Role(membership.role), Reach.of(membership)
    return Actor(visit.staff, visit.account, role, reach, visit)


def _of_token(token: Token) -> Actor | None:
    rows = Membership.objects.filter(user=token.user, account=token.account)
    membership = rows.select_related("account", "user").first()
    if membership is None:
        return None
    role = min(Role(token.role), Role(membership.role), key=lambda role: role.rank)
    return Actor(membership.user, membership.account, role, Reach.of(membership))

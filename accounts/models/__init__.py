"""Resellers (accounts with a NIC handle), their members and roles, tokens and MPN registrations."""

from accounts.models.account import Account, new_nic_handle
from accounts.models.erasures import Erasure
from accounts.models.feeds import CalendarFeed
from accounts.models.members import Invitation, Membership, Role
from accounts.models.partner import PartnerId, PartnerIdQuerySet, PartnerState
from accounts.models.people import PeopleManager, User
from accounts.models.reach import Reaching, ReachKind, reaching
from accounts.models.reports import Cadence, FileKind, Logo, ReportFile, ReportSchedule
from accounts.models.saved_views import SavedView
from accounts.models.sessions import BrowserSession
from accounts.models.site import Site
from accounts.models.support import SupportVisit
from accounts.models.telling import Snooze, Topic, TopicChoice, Way
from accounts.models.token import Token
from accounts.regions import Currency, Region

__all__ = [
    "Account",
    "BrowserSession",
    "Cadence",
    "CalendarFeed",
    "Currency",
    "Erasure",
    "FileKind",
    "Invitation",
    "Logo",
    "Membership",
    "PartnerId",
    "PartnerIdQuerySet",
    "PartnerState",
    "PeopleManager",
    "ReachKind",
    "Reaching",
    "Region",
    "ReportFile",
    "ReportSchedule",
    "Role",
    "SavedView",
    "Site",
    "Snooze",
    "SupportVisit",
    "Token",
    "Topic",
    "TopicChoice",
    "User",
    "Way",
    "new_nic_handle",
    "reaching",
]

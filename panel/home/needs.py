"""The reasons why somebody of an account may be needed, and what a need is."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from accounts.models import Role

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SHOWN: Final = 10
"""Rows of one kind; the rest is behind a link."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One reason why somebody is needed."""

    icon: str
    tone: str
    label: "StrOrPromise"
    step: "StrOrPromise"
    """The next step, for one who may take it."""
    role: Role = Role.VIEWER
    """The least role that may take it."""
    until: "StrOrPromise" = ""
    """What the date of a row means."""
    counts_down: bool = False
    """How much time is left matters more than the date."""
    everything: str = ""
    """Name of the page that lists all of this kind."""


@dataclass(frozen=True)
class Need:
    """One thing that waits; `url` leads to its next step."""

    text: str
    url: str
    until: datetime | None = None
    may: bool = True
    """Whether this person may take the step; else they may look."""


@dataclass(frozen=True)
class Group:
    """What waits for the same reason, at most `SHOWN` of it."""

    kind: Kind
    needs: list[Need]
    has_more: bool


STUCK = Kind(
    icon="exclamation-triangle",
    tone="bad",
    label=_("Stuck until you correct something"),
    step=_("Correct or try again"),
    everything="panel:operations",
)
ELSEWHERE = Kind(
    icon="hourglass-split",
    tone="warn",
    label=_("Needs somebody else"),
    step=_("See how it stands"),
    everything="panel:operations",
)
APPROVAL = Kind(
    icon="patch-check",
    tone="warn",
    label=_("Orders waiting for an owner's approval"),
    step=_("Approve or refuse"),
    role=Role.OWNER,
    everything="panel:orders",
)
CHANGE = Kind(
    icon="patch-check",
    tone="warn",
    label=_("Changes waiting for an owner's approval"),
    step=_("Approve or refuse"),
    role=Role.OWNER,
    everything="panel:operations",
)
WINDOW = Kind(
    icon="clock",
    tone="warn",
    label=_("Licences that can soon no longer be given back"),
    step=_("Check the number of licences"),
    role=Role.MANAGER,
    until=_("until"),
    counts_down=True,
)
MPN = Kind(
    icon="patch-check",
    tone="bad",
    label=_("MPN IDs that are not valid"),
    step=_("Set it right"),
    role=Role.OWNER,
    until=_("services run until"),
    everything="accounts:partner_board",
)
SUSPENDED = Kind(
    icon="slash-circle",
    tone="bad",
    label=_("Suspended services"),
    step=_("See why"),
)
DELEGATION = Kind(
    icon="building",
    tone="warn",
    label=_("Delegations awaiting your validation"),
    step=_("Validate"),
    role=Role.MANAGER,
    everything="tenants:delegations",
)
PLAN = Kind(
    icon="sliders",
    tone="warn",
    label=_("Domain configurations waiting for your decision"),
    step=_("Decide"),
    role=Role.OPERATOR,
)
DOMAIN = Kind(
    icon="globe",
    tone="bad",
    label=_("Unhealthy domains"),
    step=_("Look and repair"),
    role=Role.OPERATOR,
    everything="dnsconfig:health_overview",
)
QUALIFICATION = Kind(
    icon="card-checklist",
    tone="info",
    label=_("Decisions on schools and nonprofits"),
    step=_("See what follows"),
    until=_("decided on"),
)
RENEWAL = Kind(
    icon="calendar3",
    tone="info",
    label=_("Renewals within 30 days"),
    step=_("Choose what happens"),
    role=Role.MANAGER,
)

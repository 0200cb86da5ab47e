"""The port: everything the portal may ask of Microsoft. `rest` is what answers."""

from abc import abstractmethod
from datetime import datetime, timedelta

from partnercenter.base.changes import AuditCalls, WebhookCalls
from partnercenter.base.commerce import CatalogueCalls, OrderCalls
from partnercenter.base.customers import CustomerCalls
from partnercenter.base.partner import PartnerCalls
from partnercenter.base.signin import SignInCalls
from partnercenter.base.subscriptions import SubscriptionCalls
from partnercenter.base.tenant import DomainCalls, GdapCalls, UserCalls
from partnercenter.request import Answer, Request


class PartnerCenter(
    PartnerCalls,
    CustomerCalls,
    CatalogueCalls,
    OrderCalls,
    SubscriptionCalls,
    UserCalls,
    GdapCalls,
    DomainCalls,
    AuditCalls,
    WebhookCalls,
    SignInCalls,
):
    """A client of one provider in one CSP region. Safe to share between threads.

    Every call may raise the errors of `common.errors`. For a write, `OutcomeUnknown` means: send
    the same request with the same `request_id` again; `Busy` means: it was certainly not done.
    """

    @abstractmethod
    def send(self, request: Request, *, request_id: str) -> Answer:
        """Any write, its answer unparsed. `request_id` is a GUID."""

    @property
    @abstractmethod
    def clock_offset(self) -> timedelta:
        """How far Microsoft's clock was ahead at its last answer."""

    @abstractmethod
    def server_time(self) -> datetime | None:
        """The time at Microsoft by its last answer; None before the first."""

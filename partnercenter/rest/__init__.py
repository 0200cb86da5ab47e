"""The real client: Partner Center and Graph over REST."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from partnercenter.base import PartnerCenter
from partnercenter.budget import Budget
from partnercenter.rest.changes import RestAuditCalls, RestWebhookCalls
from partnercenter.rest.commerce import RestCatalogueCalls, RestOrderCalls
from partnercenter.rest.customers import RestCustomerCalls
from partnercenter.rest.options import Options
from partnercenter.rest.partner import RestPartnerCalls
from partnercenter.rest.session import Session
from partnercenter.rest.signin import RestSignInCalls
from partnercenter.rest.subscriptions import RestSubscriptionCalls
from partnercenter.rest.tenant import RestDomainCalls, RestGdapCalls, RestUserCalls
from partnercenter.signin import TokenStore


class RestPartnerCenter(
    RestPartnerCalls,
    RestCustomerCalls,
    RestCatalogueCalls,
    RestOrderCalls,
    RestSubscriptionCalls,
    RestUserCalls,
    RestGdapCalls,
    RestDomainCalls,
    RestAuditCalls,
    RestWebhookCalls,
    RestSignInCalls,
    PartnerCenter,
):
    """`PartnerCenter` for one provider; keyword arguments are `rest.options.Options`.

    `transport` replaces the network (httpx), `on_clock` hears how far Microsoft's clock is ahead,
    `token_store` keeps the refresh token, `budget` counts calls for all workers.
    """

    def __init__(
        self,
        *,
        transport: httpx.BaseTransport | None = None,
        on_clock: Callable[[timedelta], None] | None = None,
        token_store: TokenStore | None = None,
        budget: Budget | None = None,
        **options: Any,
    ) -> None:
        super().__init__(
            Session(
                Options(**options),
                transport=transport,
                on_clock=on_clock,
                token_store=token_store,
                budget=budget,
            )
        )

    def __repr__(self) -> str:
        return f"RestPartnerCenter({self._session.options!r})"

    def close(self) -> None:
        """Gives its connections back."""
        self._session.close()

    @property
    def clock_offset(self) -> timedelta:
        return self._session.clock.seen or timedelta(0)

    def server_time(self) -> datetime | None:
        seen = self._session.clock.seen
        return None if seen is None else datetime.now(UTC) + seen

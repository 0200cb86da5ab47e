"""Subscriptions over REST."""

import json
from typing import Any

from partnercenter.base.commerce import SubscriptionCalls
from partnercenter.request import Answer, Request
from partnercenter.rest.calls import Calls, with_query
from partnercenter.rest.pages import versioned
from partnercenter.types import (
    SubscribedSku,
    Subscription,
    SubscriptionChange,
    SubscriptionProvisioning,
)


class RestSubscriptionCalls(Calls, SubscriptionCalls):
    """`SubscriptionCalls` over REST."""

    def subscriptions(
        self,
        *,
        customer_id: str,
        order_id: str = "",
        mpn_id: str = "",
        timeout: float | None = None,
    ) -> list[Subscription]:
        path = with_query(
            f"/v1/customers/{customer_id}/subscriptions", order_id=order_id, mpn_id=mpn_id
        )
        return [Subscription.parse(item) for item in self._list(path, timeout=timeout)]

    def subscription(
        self, *, customer_id: str, subscription_id: str, timeout: float | None = None
    ) -> Subscription:
        path = _path(customer_id, subscription_id)
        return Subscription.parse(self._get(path, timeout=timeout))

    def subscription_resource(
        self, *, customer_id: str, subscription_id: str, timeout: float | None = None
    ) -> dict[str, Any]:
        answer = self._session.read(_path(customer_id, subscription_id), timeout=timeout)
        # As written, not as `wire.load` smooths it: this goes back to Microsoft.
        return dict(json.loads(answer.body.decode("utf-8-sig")))

    def change_subscription(self, request: Request, *, request_id: str) -> SubscriptionChange:
        return _change(self.send(request, request_id=request_id))

    def subscription_change(
        self,
        *,
        location: str,
        customer_id: str,
        subscription_id: str,
        timeout: float | None = None,
    ) -> SubscriptionChange:
        path = versioned(location) or _path(customer_id, subscription_id)
        return _change(self._session.read(path, timeout=timeout))

    def subscription_provisioning(
        self, *, customer_id: str, subscription_id: str, timeout: float | None = None
    ) -> SubscriptionProvisioning:
        path = f"{_path(customer_id, subscription_id)}/provisioningstatus"
        return SubscriptionProvisioning.parse(self._get(path, timeout=timeout))

    def addons(
        self, *, customer_id: str, subscription_id: str, timeout: float | None = None
    ) -> list[Subscription]:
        path = f"{_path(customer_id, subscription_id)}/addons"
        return [Subscription.parse(item) for item in self._list(path, timeout=timeout)]

    def subscribed_skus(
        self, *, customer_id: str, timeout: float | None = None
    ) -> list[SubscribedSku]:
        path = f"/v1/customers/{customer_id}/subscribedskus"
        return [SubscribedSku.parse(item) for item in self._list(path, timeout=timeout)]


def _path(customer_id: str, subscription_id: str) -> str:
    return f"/v1/customers/{customer_id}/subscriptions/{subscription_id}"


def _change(answer: Answer) -> SubscriptionChange:
    if answer.status == 202 or not answer.value:
        return SubscriptionChange(None, answer.location)
    return SubscriptionChange(Subscription.parse(answer.value))

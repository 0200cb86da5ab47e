"""Subscriptions over REST."""

import json
from typing import Any

from partnercenter.base.subscriptions import SubscriptionCalls
from partnercenter.request import Answer, Request
from partnercenter.rest.calls import Calls, with_query
from partnercenter.rest.pages import continued, versioned
from partnercenter.types import (
    CustomTermEnd,
    SubscribedSku,
    Subscription,
    SubscriptionChange,
    SubscriptionProvisioning,
    Transition,
    TransitionTarget,
)
from partnercenter.wire import each


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

    def custom_term_end_dates(
        self,
        *,
        customer_id: str,
        term: str,
        product_id: str = "",
        sku_id: str = "",
        timeout: float | None = None,
    ) -> list[CustomTermEnd]:
        path = with_query(
            f"/v1/customers/{customer_id}/subscriptions/customTermEndDates",
            term_duration=term,
            product_id=product_id,
            sku_id=sku_id,
        )
        return [CustomTermEnd.parse(item) for item in continued(self._session, path, timeout)]

    def transition_eligibilities(
        self,
        *,
        customer_id: str,
        subscription_id: str,
        scheduled: bool = False,
        timeout: float | None = None,
    ) -> list[TransitionTarget]:
        kind = "scheduled" if scheduled else "immediate"
        path = f"{_path(customer_id, subscription_id)}/transitionEligibilities"
        asked = f"{path}?eligibilityType={kind}"
        return [TransitionTarget.parse(item) for item in self._list(asked, timeout=timeout)]

    def transition(self, request: Request, *, request_id: str) -> Transition:
        answer = self.send(request, request_id=request_id)
        return Transition.parse(answer.value or {})  # a 202 may say nothing

    def transitions(
        self, *, customer_id: str, subscription_id: str, timeout: float | None = None
    ) -> list[Transition]:
        path = f"{_path(customer_id, subscription_id)}/transitions"
        value = self._session.read(path, timeout=timeout).value
        if isinstance(value, dict) and "transition" in value:  # not `items` like other lists
            value = value["transition"]
        return list(each(value, Transition.parse))


def _path(customer_id: str, subscription_id: str) -> str:
    return f"/v1/customers/{customer_id}/subscriptions/{subscription_id}"


def _change(answer: Answer) -> SubscriptionChange:
    if answer.status == 202 or not answer.value:
        return SubscriptionChange(None, answer.location)
    return SubscriptionChange(Subscription.parse(answer.value))

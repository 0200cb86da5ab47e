"""Signed calls of one consumer key, through python-ovh, within what OVH calls fair."""

import hashlib
import time
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import ovh.client
import requests
from django.conf import settings
from ovh.exceptions import APIError

from common.budget import SharedBudget
from common.errors import Busy
from dnsconfig.providers.ovh_errors import answer_of, no_answer

PATIENCE: Final = 5.0
"""Seconds that a call waits for its turn; after longer waits the journal tries again."""


class OvhCalls:
    """Not for several threads at once: python-ovh's session is not.

    Every call raises the families of `common.errors`, as `ovh_errors` tells them apart.
    """

    def __init__(
        self,
        *,
        keys: Mapping[str, str],
        endpoint: str,
        timeout: tuple[float, float],
        calls_per_minute: int,
    ) -> None:
        """`endpoint`: a name that python-ovh knows, or the URL of a compatible API.

        `timeout`: seconds to connect and to wait for an answer. `calls_per_minute`: 0 is no limit.
        """
        if endpoint.startswith("http"):
            ovh.client.ENDPOINTS[endpoint] = endpoint
        self._keys, self._endpoint, self._timeout = keys, endpoint, timeout
        self._budget = _budget(calls_per_minute, settings.REDIS_URL) if calls_per_minute else None
        spelt = f"{endpoint} {keys['consumer_key']}"
        self._counted_as = hashlib.sha256(spelt.encode()).hexdigest()[:32]
        self._client = self._connect()

    def get(self, path: str) -> Any:
        """The JSON value that a path answers with."""
        return self.call("GET", path)

    def call(
        self, method: str, path: str, body: dict[str, Any] | None = None, *, is_void: bool = False
    ) -> Any:
        """One signed call; once more with a new client when our clock had drifted.

        `is_void`: there is no value to wait for, so an empty answer is a good one.
        """
        response = self._send(method, path, body)
        if response.status_code == 400 and "Invalid signature" in response.text:
            self._client = self._connect()
            response = self._send(method, path, body)
        try:
            return answer_of(response, method, path, is_void=is_void)
        except Busy as busy:
            if self._budget and response.status_code == 429 and busy.retry_after:
                self._budget.hold(self._counted_as, busy.retry_after)
            raise

    def _send(self, method: str, path: str, body: dict[str, Any] | None) -> requests.Response:
        self._learn_the_time()
        self._await_turn()
        try:
            response: requests.Response = self._client.raw_call(method, path, body)
        except requests.RequestException as error:
            raise no_answer(error, method, path) from error
        return response

    def _await_turn(self) -> None:
        if self._budget is None:
            return
        while wait := self._budget.take(self._counted_as):
            if wait > min(PATIENCE, self._timeout[1]):
                raise Busy("enough calls to OVH in this minute", retry_after=wait, code="pace")
            time.sleep(wait)

    def _learn_the_time(self) -> None:
        """Signatures carry the server's time; it is asked once per client."""
        try:
            self._client.time_delta  # noqa: B018 - the property asks
        except APIError as error:
            raise Busy(f"OVH does not tell its time: {error}", code="time") from error

    def _connect(self) -> ovh.Client:
        return ovh.Client(endpoint=self._endpoint, timeout=self._timeout, **self._keys)


@cache
def _budget(limit: int, _server: str) -> SharedBudget:
    """One connection to Valkey per process."""
    return SharedBudget("ovh", limit)

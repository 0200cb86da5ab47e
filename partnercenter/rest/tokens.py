"""Tokens that are kept until a minute before they end, shared by all threads of a process."""

import threading
import time
from dataclasses import dataclass, field

import httpx

from common.errors import Busy
from partnercenter.request import ActsAs, Service
from partnercenter.rest.login import GRAPH, PARTNER_CENTER, Wanted, acquire
from partnercenter.rest.options import Options
from partnercenter.rest.sentences import LOGIN_TOO_SLOW
from partnercenter.signin import TokenStore

_EARLY = 60.0  # seconds before its end at which a token is not used any more
_MANY = 2000  # entries above which the ended ones are dropped


@dataclass(slots=True)
class _Kept:
    value: str = field(repr=False)
    ends: float


class Tokens:
    """Access tokens per resource, identity and tenant."""

    def __init__(self, options: Options, http: httpx.Client, store: TokenStore) -> None:
        self._options = options
        self._http = http
        self._store = store
        self._kept: dict[Wanted, _Kept] = {}
        self._locks: dict[Wanted, threading.Lock] = {}

    def get(
        self, *, service: Service, acts_as: ActsAs, tenant: str, wait: float, refused: str = ""
    ) -> str:
        """A token that is good now; never `refused`, the one Microsoft just turned down.

        Raises Busy, Refused and Misconfigured as `login.acquire` does.
        """
        resource = GRAPH if service == "graph" else PARTNER_CENTER
        wanted = Wanted(resource, acts_as, tenant or self._options.tenant_id)
        lock = self._locks.setdefault(wanted, threading.Lock())
        if not lock.acquire(timeout=wait):
            raise Busy(LOGIN_TOO_SLOW, code="timeout")
        try:
            kept = self._kept.get(wanted)
            if kept and kept.ends > time.monotonic() and kept.value != refused:
                return kept.value
            return self._renew(wanted, wait)
        finally:
            lock.release()

    def _renew(self, wanted: Wanted, wait: float) -> str:
        value, seconds = acquire(
            http=self._http, options=self._options, store=self._store, wanted=wanted, wait=wait
        )
        if len(self._kept) > _MANY:
            self._drop_ended()
        self._kept[wanted] = _Kept(value, time.monotonic() + seconds - _EARLY)
        return value

    def _drop_ended(self) -> None:
        now = time.monotonic()
        for key, kept in list(self._kept.items()):
            if kept.ends <= now:
                self._kept.pop(key, None)

"""All that the sandbox knows: one object, thread safe, durable when it is given a path."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import RLock, get_ident
from typing import Any

from sandbox.faults import Faults
from sandbox.limits import Limits
from sandbox.store import Store
from sandbox.table import Item, Table

DEFAULT_DELAYS: dict[str, float] = {
    "customer_ready": 1.0,  # validation status and billing account of a new customer
    "customer_visible": 0.5,  # the list of customers lags behind the customer itself
    "subscription_visible": 2.0,
    "order_visible": 2.0,  # the list of orders; an order by its id is there at once
    "order_subscription_id": 1.0,
    "provisioning": 2.0,
    "renewal": 600.0,  # of Microsoft's clock, from midnight on; meanwhile 409 900278
    "subscription_update": 0.0,  # more than zero: a PATCH answers 202 and a Location to poll
    "qualification": 3.0,
    "gdap_approve": 2.0,  # only with automatic approval
    "gdap_active": 1.0,
    "access_assignment": 1.0,
    "service_records": 2.0,
    "dns_lag": 0.3,
    "webhook": 1.0,
    "webhook_retry": 0.5,  # the first pause after a failed delivery; each is twice the last
}
CALLS_KEPT = 100_000


class World:
    """State of every service, and the turned clock.

    Args:
        path: file of the durable state; None keeps everything in memory.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.lock = RLock()
        self.faults = Faults()
        self.limits = Limits()
        self.looked_at: tuple[timedelta, int] | None = None  # see microsoft.watch
        self.origin = "http://127.0.0.1:8010"
        self.dns_port = 0
        self.smtp_port = 0
        self._store = Store(path) if path else None
        self._tables: dict[str, Table] = {}
        self._owner = 0
        self._depth = 0
        self._calls: deque[Item] = deque(maxlen=CALLS_KEPT)
        self._call_numbers = itertools.count(1)
        for name, item_id, item in self._store.load() if self._store else ():
            self.table(name).committed[item_id] = item
        settings = self.table("settings")
        saved = settings.get("delays", {})
        self.delays: dict[str, float] = {**DEFAULT_DELAYS, **saved}
        self._offset = timedelta(seconds=settings.get("clock", {}).get("offset_seconds", 0))

    def table(self, name: str) -> Table:
        """The collection of that name; made on first use."""
        return self._tables.setdefault(name, Table(self._is_changing))

    @contextmanager
    def change(self) -> Iterator[World]:
        """Hold the lock; keep everything written in the block, or nothing when it raises."""
        with self.lock:
            self._owner, self._depth = get_ident(), self._depth + 1
            try:
                yield self
            except BaseException:
                self._leave()
                if not self._depth:
                    self._forget()
                raise
            self._leave()
            if not self._depth:
                self._keep()

    def _leave(self) -> None:
        self._depth -= 1
        if not self._depth:
            self._owner = 0

    def _keep(self) -> None:
        written = {name: table.drain() for name, table in list(self._tables.items())}
        if self._store:
            self._store.save(written)
        for name, items in written.items():
            self._tables[name].commit(items)

    def _forget(self) -> None:
        for table in list(self._tables.values()):
            table.drain()

    def _is_changing(self) -> bool:
        return self._owner == get_ident()

    @staticmethod
    def real_now() -> datetime:
        """The system's time, whatever the turned clock says: delays are real seconds."""
        return datetime.now(UTC)

    def now(self) -> datetime:
        """Microsoft's time: aware, UTC, with the turned clock."""
        return self.real_now() + self._offset

    @property
    def offset(self) -> timedelta:
        """How far the clock has been turned."""
        return self._offset

    @offset.setter
    def offset(self, value: timedelta) -> None:
        with self.change():
            self.table("settings")["clock"] = {"offset_seconds": value.total_seconds()}
        self._offset = value

    def set_delays(self, delays: dict[str, float]) -> None:
        """Change some delays (seconds), and remember them over a restart."""
        with self.change():
            self.delays.update(delays)
            self.table("settings")["delays"] = dict(self.delays)

    def due(self, delay: str) -> str:
        """The real time, ISO 8601, at which something that takes this delay will be done."""
        return (self.real_now() + timedelta(seconds=self.delays.get(delay, 0))).isoformat()

    def is_past(self, real_time: str) -> bool:
        """Whether a time from `due` has come; an empty one has."""
        return not real_time or datetime.fromisoformat(real_time) <= self.real_now()

    def record_call(
        self, service: str, method: str, path: str, status: int, request_id: str, **more: Any
    ) -> None:
        """Note a call that was received; status 0 is a call that got no answer."""
        self._calls.append(
            {
                "n": next(self._call_numbers),
                "at": self.real_now().isoformat(),
                "service": service,
                "method": method,
                "path": path,
                "status": status,
                "request_id": request_id,
                **more,
            }
        )

    def calls(self, since: int = 0) -> list[Item]:
        """The calls after number `since`, oldest first."""
        return [call for call in list(self._calls) if call["n"] > since]

    def reset(self) -> None:
        """Back to the seeds: no faults, no calls, the clock right, default delays and limits.

        The certificates that sign webhooks stay: whoever trusts them goes on trusting.
        """
        from sandbox.seeds import plant

        with self.change():
            for name, table in list(self._tables.items()):
                if name != "certificates":
                    table.clear()
            self.faults.clear()
            self.limits = Limits()
            self.looked_at = None
            self._calls.clear()
            self.delays = dict(DEFAULT_DELAYS)
            self._offset = timedelta(0)
            plant(self)

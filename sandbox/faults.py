"""Faults that a test orders: the next matching calls are answered late, wrongly or not at all."""

import random
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from threading import Lock
from typing import Any

KINDS = ("status", "throttle", "hang", "drop_before", "drop_after", "html", "slow")
DEFAULT_STATUS = {"html": 502, "throttle": 429}
DEFAULT_SECONDS = {"hang": 300.0, "slow": 5.0}
AFTER = ("drop_after", "html", "slow")


@dataclass
class Fault:
    """One order for a fault.

    `times` calls get it (-1: all), each with `probability`. `after`: the call is carried out first.
    `path` is a regular expression, searched in path and query; empty members match every call.
    """

    kind: str
    service: str = ""
    method: str = ""
    path: str = ""
    status: int = 500
    retry_after: int = 2
    seconds: float = 0.0
    times: int = 1
    probability: float = 1.0
    after: bool = False

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Fault":
        """A fault as the control API describes it.

        Raises:
            ValueError: unknown kind or member, or a broken regular expression.
        """
        kind = str(body.get("kind", ""))
        if kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}")
        defaults = {
            "status": DEFAULT_STATUS.get(kind, 500),
            "seconds": DEFAULT_SECONDS.get(kind, 0.0),
            "after": kind in AFTER,
        }
        given = {name: value for name, value in body.items() if value is not None}
        try:
            fault = cls(**{**defaults, **given})
            re.compile(fault.path)
        except (TypeError, re.error) as error:
            raise ValueError(str(error)) from error
        return fault

    def concerns(self, service: str, method: str, path: str) -> bool:
        """Whether this fault is meant for such a call."""
        return (
            self.service in ("", service)
            and self.method.upper() in ("", method.upper())
            and re.search(self.path, path) is not None
        )


class Faults:
    """The ordered faults, oldest first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._faults: list[Fault] = []

    def add(self, fault: Fault | Mapping[str, Any]) -> None:
        """Order a fault, given as such or as the control API describes it.

        Raises:
            ValueError: the description is wrong.
        """
        ordered = fault if isinstance(fault, Fault) else Fault.from_json(fault)
        with self._lock:
            self._faults.append(ordered)

    def clear(self) -> None:
        """Forget them all."""
        with self._lock:
            self._faults.clear()

    def match(self, service: str, method: str, path: str) -> Fault | None:
        """The fault for this call, if any; counts it as used."""
        with self._lock:
            for fault in self._faults:
                if not fault.concerns(service, method, path):
                    continue
                if random.random() >= fault.probability:  # noqa: S311 - chance, not a secret
                    continue
                fault.times -= fault.times > 0
                if fault.times == 0:
                    self._faults.remove(fault)
                return fault
        return None

    def listed(self) -> list[dict[str, Any]]:
        """What is still ordered, as JSON."""
        with self._lock:
            return [asdict(fault) for fault in self._faults]

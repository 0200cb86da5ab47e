"""What the portal asks of a host of zones. Names are plain: lower case, no final dot."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from dnsconfig.records import Record, Snapshot


@dataclass(frozen=True)
class Capabilities:
    """What a host can do, as data: an unsupported wish is refused before the first call."""

    types: frozenset[str]
    """Record types that it can write."""
    has_conditional_write: bool = False
    """It refuses a write when the touched RRsets have changed; else we read just before."""
    needs_refresh: bool = False
    """What was written is served only after a call of its own."""


class ZoneProvider(ABC):
    """One account at one host of zones.

    Every call raises the families of `common.errors`: reads raise Busy where the host does not
    answer, writes OutcomeUnknown. The same wish may be sent again at any time.
    """

    capabilities: ClassVar[Capabilities]
    key_names: ClassVar[tuple[str, ...]]
    """Which keys an account must give."""

    @abstractmethod
    def __init__(self, *, keys: Mapping[str, str], **options: Any) -> None:
        """Opens nothing yet; `options` are those of the settings."""

    @abstractmethod
    def zones(self) -> list[str]:
        """The zones that the keys may open, sorted."""

    @abstractmethod
    def name_servers(self, zone: str) -> list[str]:
        """The servers that the parent must delegate to. Raises NotFound."""

    @abstractmethod
    def read(self, zone: str, *, names: Iterable[str] | None = None) -> Snapshot:
        """All records, or all at `names`: what is stored, served or not. Raises NotFound."""

    @abstractmethod
    def add(self, zone: str, records: Iterable[Record], *, stored: Snapshot) -> tuple[Record, ...]:
        """Write the records that `stored` does not hold and return them; nothing else is touched.

        `stored`: what `read` has just shown of their names. Raises Refused for a record that the
        host does not take.
        """

    @abstractmethod
    def refresh(self, zone: str) -> None:
        """Make what is stored served; does nothing where writing is enough."""

"""What the portal asks of a host of zones. Names are plain: lower case, no final dot."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from dnsconfig.edits import Edit
from dnsconfig.records import Record, Snapshot


@dataclass(frozen=True)
class Capabilities:
    """What a host can do, as data: an unsupported wish is refused before the first call."""

    types: frozenset[str]
    """Record types that it can write."""
    has_conditional_write: bool = False
    """It refuses a write when the touched RRsets have changed; else we read just before."""
    is_atomic: bool = False
    """All of an edit is written, or nothing of it."""
    needs_refresh: bool = False
    """What was written is served only after a call of its own."""
    reads_whole: bool = True
    """It shows a whole zone; else only names that are asked for."""
    lists_zones: bool = True
    """It tells which zones the keys open; else a person names them."""
    is_by_hand: bool = False
    """A person writes the records; the portal only looks."""
    shortest_ttl: int = 1
    """Seconds; a shorter wish is raised to it."""


@dataclass(frozen=True)
class Key:
    """One thing an account must give to open its zones; its label is in `dnsconfig.words`."""

    name: str
    is_secret: bool = True
    is_required: bool = True
    choices: tuple[str, ...] = ()


class Outcome(StrEnum):
    """What became of one record of an edit."""

    WRITTEN = "written"
    ALREADY = "already"
    NOT_TAKEN = "not_taken"
    """The host answered well, but its zone does not show it."""


@dataclass(frozen=True)
class Written:
    """One record that was to come or (`is_removal`) to go."""

    record: Record
    outcome: Outcome
    is_removal: bool = False


def say_nothing(_written: Written) -> None:
    """Nobody wants to know how far it is."""


class ZoneProvider(ABC):
    """One account at one host of zones.

    Every call raises the families of `common.errors`: reads raise Busy where the host does not
    answer, writes OutcomeUnknown. The same wish may be sent again at any time.
    """

    capabilities: ClassVar[Capabilities]
    keys_asked: ClassVar[tuple[Key, ...]]
    """What an account must give."""

    @abstractmethod
    def __init__(self, *, keys: Mapping[str, str], **options: Any) -> None:
        """Opens nothing yet; `options` are those of the settings."""

    @abstractmethod
    def zones(self) -> list[str]:
        """The zones that the keys may open, sorted; proves the keys."""

    @abstractmethod
    def name_servers(self, zone: str) -> list[str]:
        """The servers that the parent must delegate to. Raises NotFound."""

    @abstractmethod
    def read(self, zone: str, *, names: Iterable[str] | None = None) -> Snapshot:
        """All records, or all at `names`: what is stored, served or not. Raises NotFound."""

    @abstractmethod
    def write(
        self,
        zone: str,
        edit: Edit,
        *,
        stored: Snapshot,
        tell: Callable[[Written], None] = say_nothing,
    ) -> tuple[Written, ...]:
        """Carry the edit out and say what became of each of its records; nothing else is touched.

        `stored`: what `read` has just shown of the edit's names. What it shows as done already is
        not sent again. `tell` hears of each record at once. Raises Stale where the touched RRsets
        are no longer as `stored`, and nothing was written; Refused for a record that the host
        does not take. The apex NS and SOA are never touched.
        """

    @abstractmethod
    def refresh(self, zone: str) -> None:
        """Make what is stored served; does nothing where writing is enough."""

    def missing_rights(self, zone: str) -> tuple[str, ...]:
        """Rights that the keys lack for this zone, in the host's own words; asked before a write.

        Empty where all are there, or where the host does not tell.
        """
        return ()

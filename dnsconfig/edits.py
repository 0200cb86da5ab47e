"""What is written into a zone at once: records that go, records that come. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Self

from dnsconfig.records import Record, Snapshot


@dataclass(frozen=True)
class Edit:
    """A change of one zone: `removes` as they were found (TTL and native type too), then `adds`.

    A record whose TTL alone changes is in both. Names and types that are in neither stay as they
    are, and so do the other records of a touched RRset (they take its TTL).
    """

    removes: tuple[Record, ...] = ()
    adds: tuple[Record, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.removes or self.adds)

    @classmethod
    def together(cls, edits: Iterable["Edit"]) -> Self:
        edits = tuple(edits)
        return cls(
            tuple(record for edit in edits for record in edit.removes),
            tuple(record for edit in edits for record in edit.adds),
        )

    @property
    def rrsets(self) -> tuple[tuple[str, str], ...]:
        """(name, type) of every touched RRset, each once."""
        return tuple(dict.fromkeys((r.name, r.type) for r in (*self.removes, *self.adds)))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name, _type in self.rrsets))

    @property
    def inverse(self) -> "Edit":
        return Edit(self.adds, self.removes)

    def then(self, later: "Edit") -> "Edit":
        """Both, one after the other, as one."""
        removes = {_key(r): r for r in later.removes if _key(r) not in _keys(self.adds)}
        removes |= {_key(r): r for r in self.removes}
        adds = {_key(r): r for r in self.adds if _key(r) not in _keys(later.removes)}
        adds |= {_key(r): r for r in later.adds}
        back = {key for key, r in adds.items() if key in removes and removes[key].ttl == r.ttl}
        return Edit(
            tuple(r for key, r in removes.items() if key not in back),
            tuple(r for key, r in adds.items() if key not in back),
        )

    def after(self, existing: Snapshot) -> Snapshot:
        """The zone once this is written."""
        gone, come = _keys(self.removes), _keys(self.adds)
        left = [r for r in existing.records if _key(r) not in gone and _key(r) not in come]
        return Snapshot(existing.zone, (*left, *self.adds))

    def in_order(self) -> Iterator[tuple[Record, bool]]:
        """(record, is it a removal) one by one: what frees a name goes before what needs it; else
        the new comes before the old goes, so that no name is ever without its RRset.
        """
        freeing = [gone for gone in self.removes if self._frees(gone)]
        yield from ((record, True) for record in freeing)
        yield from ((record, False) for record in self.adds)
        yield from ((record, True) for record in self.removes if record not in freeing)

    def _frees(self, gone: Record) -> bool:
        come = [record for record in self.adds if record.name == gone.name]
        return any("CNAME" in (record.type, gone.type) for record in come)

    def left_to_do(self, stored: Snapshot) -> "Edit":
        """What of it `stored` does not show yet: the rest after a half-written attempt."""
        there = {_key(r): r for r in stored.records}
        come = _keys(self.adds)
        adds = tuple(r for r in self.adds if not _is_there(r, there.get(_key(r))))
        again = _keys(adds)
        removes = tuple(
            there[_key(r)]
            for r in self.removes
            if _key(r) in there and (_key(r) not in come or _key(r) in again)
        )
        return Edit(removes, adds)

    def to_json(self) -> dict[str, Any]:
        return {
            "removes": [record.to_json() for record in self.removes],
            "adds": [record.to_json() for record in self.adds],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(tuple(_records(data["removes"])), tuple(_records(data["adds"])))


NOTHING = Edit()

Key = tuple[str, str, str]


def _key(record: Record) -> Key:
    return record.name, record.type, record.value


def _keys(records: Iterable[Record]) -> frozenset[Key]:
    return frozenset(map(_key, records))


def _is_there(wanted: Record, found: Record | None) -> bool:
    return found is not None and found.ttl == wanted.ttl


def _records(rows: Iterable[dict[str, Any]]) -> Iterator[Record]:
    return (Record.from_json(row) for row in rows)

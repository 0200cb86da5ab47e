"""One edit carried out at OVH, which has no conditional write: it is read back afterwards."""

from collections.abc import Callable, Sequence
from typing import Protocol

from common.errors import Busy, NotFound, Stale
from dnsconfig.edits import Edit
from dnsconfig.providers.base import Outcome, Written
from dnsconfig.providers.ovh_calls import OvhCalls
from dnsconfig.providers.ovh_steps import Step, steps
from dnsconfig.providers.ovh_text import changed_body, new_body, of_answer
from dnsconfig.records import Record, Snapshot


class ReadBack(Protocol):
    """All records at these names; those of known ids are not asked for again."""

    def __call__(self, names: Sequence[str], known: dict[str, Record]) -> list[Record]: ...


class Writing:
    """What was done of one edit so far. `path` is the zone's."""

    def __init__(
        self, calls: OvhCalls, path: str, stored: Snapshot, tell: Callable[[Written], None]
    ) -> None:
        self._calls, self._path, self._stored, self._tell = calls, path, stored, tell
        self._told: list[Written] = []
        self._before = {record.id for record in stored.records}
        self._known = {record.id: record for record in stored.records}
        self._ours: set[str] = set()
        """Ids of records that we have written or deleted."""
        self._spoilt: list[Record] = []
        """Records that OVH made other than they were sent."""

    def carry_out(self, edit: Edit, read_back: ReadBack) -> tuple[Written, ...]:
        """Raises Stale where others changed the same records meanwhile; ours are taken back."""
        todo = edit.left_to_do(self._stored)
        for record, is_removal in _already(edit, todo):
            self._say(record, Outcome.ALREADY, is_removal)
        done = list(steps(todo))
        for step in done:
            self._do(step)
        if done:
            found = read_back(edit.names, self._known)
            left = [record for record in found if not self._is_leftover(record, edit)]
            strangers = self._strangers(edit, left)
            if strangers:
                self._take_back(done, found)
                raise Stale(f"{strangers.pop()} was changed meanwhile", code="meanwhile")
            for record in found:
                if self._is_leftover(record, edit):
                    self._send("DELETE", record)
            self._check(left)
        return tuple(self._told)

    def _do(self, step: Step) -> None:
        if step.come is None and step.gone:
            self._delete(step.gone)
        elif step.come and step.gone:
            self._replace(step.come, step.gone)
        elif step.come:
            self._create(step.come)

    def _create(self, record: Record) -> None:
        zone = self._stored.zone
        answer = self._calls.call("POST", f"{self._path}/record", new_body(record, zone))
        made = of_answer(answer, zone)
        if made != record:
            self._spoilt.append(made)
        else:
            self._known[made.id] = made
        self._ours.add(made.id)
        self._say(record, Outcome.WRITTEN)

    def _replace(self, come: Record, gone: Record) -> None:
        body = changed_body(come, self._stored.zone, gone.native_type)
        self._send("PUT", gone, body)
        self._say(gone, Outcome.WRITTEN, is_removal=True)
        self._say(come, Outcome.WRITTEN)

    def _delete(self, record: Record) -> None:
        self._send("DELETE", record)
        self._say(record, Outcome.WRITTEN, is_removal=True)

    def _send(self, method: str, record: Record, body: dict[str, object] | None = None) -> None:
        try:
            self._calls.call(method, f"{self._path}/record/{record.id}", body, is_void=True)
        except NotFound as error:
            # Gone, or under a new id: an edit in text form renumbers all. Reading again tells.
            raise Busy(f"{record} is not there any more", code="moved") from error
        self._ours.add(record.id)
        self._known.pop(record.id, None)

    def _is_leftover(self, record: Record, edit: Edit) -> bool:
        """A spoilt one; or OVH held twice what was to go, as it does when it is told so."""
        if record in self._spoilt:
            return record.id not in self._before
        return record in edit.removes and record not in edit.adds and record.id not in self._ours

    def _check(self, left: list[Record]) -> None:
        """What was answered well and is not so."""
        there = {(record, record.ttl) for record in left}
        names = {record for record, _ttl in there}
        coming = {one.record for one in self._told if not one.is_removal}
        for at, one in enumerate(self._told):
            record = one.record
            is_so = (
                record not in names or record in coming
                if one.is_removal
                else (record, record.ttl) in there
            )
            if one.outcome is Outcome.WRITTEN and not is_so:
                self._told[at] = Written(record, Outcome.NOT_TAKEN, one.is_removal)
                self._tell(self._told[at])

    def _strangers(self, edit: Edit, left: list[Record]) -> set[Record]:
        """What others added to the sets of records that we touched, or took away from them."""
        aliases = {record.name for record in edit.adds if record.type == "CNAME"}

        def concerns_us(record: Record) -> bool:
            touched = (record.name, record.type) in edit.rrsets
            return touched or record.type == "CNAME" or record.name in aliases

        ours = {*edit.removes, *edit.adds}
        before = {r for r in self._stored.records if concerns_us(r)} - ours
        now = {r for r in left if concerns_us(r)} - ours
        return before ^ now

    def _take_back(self, done: list[Step], found: list[Record]) -> None:
        """Where it still is as we left it; the last step first."""
        by_id = {record.id: record for record in found}
        for step in reversed(done):
            come, gone = step.come, step.gone
            if come and gone:
                if by_id.get(gone.id) == come:
                    old = changed_body(gone, self._stored.zone, gone.native_type)
                    self._send("PUT", gone, old)
            elif gone and gone not in found:
                body = new_body(gone, self._stored.zone)
                self._calls.call("POST", f"{self._path}/record", body)
            elif come:
                for record in found:
                    if record in (come, *self._spoilt) and self._is_new_and_ours(record):
                        self._send("DELETE", record)
            for record in filter(None, (come, gone)):
                self._tell(Written(record, Outcome.NOT_TAKEN, record is gone))

    def _is_new_and_ours(self, record: Record) -> bool:
        """OVH has been seen to answer with the id 0; then the list alone tells the true one."""
        return record.id not in self._before and bool({record.id, "0"} & self._ours)

    def _say(self, record: Record, outcome: Outcome, is_removal: bool = False) -> None:
        self._told.append(Written(record, outcome, is_removal))
        self._tell(self._told[-1])


def _already(edit: Edit, todo: Edit) -> list[tuple[Record, bool]]:
    gone = [(record, True) for record in edit.removes if record not in todo.removes]
    return gone + [(record, False) for record in edit.adds if record not in todo.adds]

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
        self._known = {record.id: record for record in stored.records}
        self._ours: set[str] = set()
        """Ids of records that we have written or deleted."""
        self._spoilt: list[Record] = []
        """Records that OVH made other than they were sent."""

    def carry_out(self, edit: Edit, read_back: ReadBack) -> tuple[Written, ...]:
        """Raises Stale where others changed the same records meanwhile; `tell` knows the rest."""
        todo = edit.left_to_do(self._stored)
        for record, is_removal in _already(edit, todo):
            self._say(record, Outcome.ALREADY, is_removal)
        for step in steps(todo):
            self._do(step)
        if not todo:
            return tuple(self._told)
        left = self._without_leftovers(edit, read_back(edit.names, self._known))
        self._check(left)
        self._refuse_strangers(edit, left)
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
        if made != record and made not in self._stored.records:
            self._spoilt.append(made)
        elif made.id != "0":  # OVH has been seen to answer so; the list tells the true id
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

    def _without_leftovers(self, edit: Edit, found: list[Record]) -> list[Record]:
        """OVH holds a record twice when it is told so: the second goes with the first."""
        going = set(edit.removes) - set(edit.adds)
        left = []
        for record in found:
            is_ours = record.id in self._ours
            if record in self._spoilt or (record in going and not is_ours):
                self._send("DELETE", record)
            else:
                left.append(record)
        return left

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

    def _refuse_strangers(self, edit: Edit, left: list[Record]) -> None:
        """Others have added to the sets of records that we touched, or taken away from them."""
        aliases = {record.name for record in edit.adds if record.type == "CNAME"}

        def concerns_us(record: Record) -> bool:
            touched = (record.name, record.type) in edit.rrsets
            return touched or record.type == "CNAME" or record.name in aliases

        ours = {*edit.removes, *edit.adds}
        before = {r for r in self._stored.records if concerns_us(r)} - ours
        now = {r for r in left if concerns_us(r) and r.id not in self._ours} - ours
        for record in before ^ now:
            raise Stale(f"{record} was changed meanwhile", code="meanwhile")

    def _say(self, record: Record, outcome: Outcome, is_removal: bool = False) -> None:
        self._told.append(Written(record, outcome, is_removal))
        self._tell(self._told[-1])


def _already(edit: Edit, todo: Edit) -> list[tuple[Record, bool]]:
    gone = [(record, True) for record in edit.removes if record not in todo.removes]
    return gone + [(record, False) for record in edit.adds if record not in todo.adds]

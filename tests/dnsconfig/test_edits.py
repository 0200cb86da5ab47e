"""What is left of an edit once some of it is there."""

from dataclasses import replace

from dnsconfig.edits import Edit
from dnsconfig.records import Snapshot, mx

ZONE = "acme.example"
OLD, NEW = mx(ZONE, 10, "old.example"), mx(ZONE, 0, "new.example")
EDIT = Edit((OLD,), (NEW,))


def left(edit: Edit, *stored: object) -> Edit:
    return edit.left_to_do(Snapshot.of(ZONE, stored))  # type: ignore[arg-type]


def test_the_rest_of_a_half_written_edit() -> None:
    assert left(EDIT, OLD) == EDIT
    assert left(EDIT, OLD, NEW) == Edit((OLD,))
    assert left(EDIT) == Edit(adds=(NEW,))
    assert not left(EDIT, NEW)


def test_a_record_that_took_the_ttl_of_its_rrset_is_there() -> None:
    assert not left(EDIT, replace(NEW, ttl=300))


def test_a_new_ttl_is_to_do_until_it_is_there() -> None:
    change = Edit((OLD,), (replace(OLD, ttl=60),))
    assert left(change, OLD).adds[0].ttl == 60
    assert left(change, OLD).removes[0].ttl == OLD.ttl
    assert not left(change, replace(OLD, ttl=60))

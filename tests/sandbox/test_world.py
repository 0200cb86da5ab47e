"""The world: all or nothing, and still there after a restart."""

from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from sandbox.app import create_app
from sandbox.world import World


def test_a_change_is_kept_whole_or_not_at_all(world: World) -> None:
    with world.change():
        world.table("things")["a"] = {"n": 1}
    with pytest.raises(RuntimeError, match="broken"), world.change():
        world.table("things")["a"]["n"] = 2
        world.table("things")["b"] = {"n": 1}
        raise RuntimeError("broken")
    assert dict(world.table("things")) == {"a": {"n": 1}}


def test_an_inner_change_joins_the_outer(world: World) -> None:
    with pytest.raises(RuntimeError), world.change():
        with world.change():
            world.table("things")["a"] = {}
        raise RuntimeError
    assert not len(world.table("things"))


def test_others_see_a_change_when_it_is_over(world: World) -> None:
    seen: list[int] = []
    with world.change():
        world.table("things")["a"] = {}
        reader = Thread(target=lambda: seen.append(len(world.table("things"))))
        reader.start()
        reader.join()
    assert (seen, len(world.table("things"))) == ([0], 1)


def test_items_are_not_written_outside_a_change(world: World) -> None:
    with pytest.raises(RuntimeError, match=r"world\.change"):
        world.table("things")["a"] = {}


def test_deleting_is_a_change_too(world: World) -> None:
    with world.change():
        world.table("things").update(a={}, b={})
    with world.change():
        del world.table("things")["a"]
        assert list(world.table("things")) == ["b"]
        with pytest.raises(KeyError):
            world.table("things")["a"]
    assert list(world.table("things")) == ["b"]


def test_a_restart_keeps_everything_in_order(tmp_path: Path) -> None:
    first = World(tmp_path / "home" / "state.sqlite3")
    first.offset = timedelta(days=3)
    first.set_delays({"gdap_active": 9})
    for key in "cab":
        with first.change():
            first.table("things")[key] = {"key": key}
    with first.change():
        first.table("things")["a"]["more"] = True
        del first.table("things")["b"]
    second = World(tmp_path / "home" / "state.sqlite3")
    assert list(second.table("things").values()) == [{"key": "c"}, {"key": "a", "more": True}]
    assert second.offset == timedelta(days=3)
    assert second.delays["gdap_active"] == 9


def test_what_an_older_sandbox_kept_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "sandbox.sqlite3"
    old = World(path)
    create_app(old)
    with old.change():
        old.table("settings")["planted"] = {"at": "2025-01-01T00:00:00+00:00"}
        old.table("customers")["a"] = {"members": "of another time"}
    newer = World(path)
    create_app(newer)
    assert not len(newer.table("customers"))
    with newer.change():
        newer.table("customers")["b"] = {}
    same = World(path)
    create_app(same)
    assert list(same.table("customers")) == ["b"]

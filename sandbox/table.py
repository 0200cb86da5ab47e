"""A collection of JSON-able items, copied when they are written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

Item = dict[str, Any]


class Table(MutableMapping[str, Item]):
    """Items in the order in which they were added.

    Inside a change one gets a copy, which may be edited in place and is kept at the end of the
    change. Elsewhere one gets the item itself, which nobody ever edits: read it, do not write.
    """

    def __init__(self, is_changing: Callable[[], bool]) -> None:
        self.committed: dict[str, Item] = {}
        self._draft: dict[str, Item | None] = {}
        self._is_changing = is_changing

    def __getitem__(self, item_id: str) -> Item:
        if not self._is_changing():
            return self.committed[item_id]
        if item_id not in self._draft:
            self._draft[item_id] = json.loads(json.dumps(self.committed[item_id]))
        item = self._draft[item_id]
        if item is None:
            raise KeyError(item_id)
        return item

    def __setitem__(self, item_id: str, item: Item) -> None:
        self._need_change()
        self._draft[item_id] = item

    def __delitem__(self, item_id: str) -> None:
        self._need_change()
        if item_id not in self:
            raise KeyError(item_id)
        self._draft[item_id] = None

    def __contains__(self, item_id: object) -> bool:
        if self._is_changing() and item_id in self._draft:
            return self._draft[str(item_id)] is not None
        return item_id in self.committed

    def __iter__(self) -> Iterator[str]:
        ids = list(self.committed)
        if self._is_changing():
            ids += [item_id for item_id in self._draft if item_id not in self.committed]
        return (item_id for item_id in ids if item_id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def drain(self) -> dict[str, Item | None]:
        """What this change has written (None: deleted), and forget it."""
        draft, self._draft = self._draft, {}
        return {
            item_id: item for item_id, item in draft.items() if self.committed.get(item_id) != item
        }

    def commit(self, items: dict[str, Item | None]) -> None:
        """Take what a change has written."""
        for item_id, item in items.items():
            if item is None:
                self.committed.pop(item_id, None)
            else:
                self.committed[item_id] = item

    def _need_change(self) -> None:
        if not self._is_changing():
            raise RuntimeError("tables are written inside `with world.change():`")

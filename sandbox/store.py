"""The durable state: one SQLite table of collection, id and JSON."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from sandbox.table import Item


class Store:
    """What has been saved survives the death of the process, not of the machine's power."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS item (place INTEGER PRIMARY KEY, collection TEXT NOT NULL,"
            " id TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (collection, id))"
        )

    def load(self) -> Iterator[tuple[str, str, Item]]:
        """Every item, in the order in which it was first saved."""
        rows = self._connection.execute("SELECT collection, id, body FROM item ORDER BY place")
        for collection, item_id, body in rows:
            yield collection, item_id, json.loads(body)

    def save(self, written: Mapping[str, Mapping[str, Item | None]]) -> None:
        """Save the items of one change together; None deletes."""
        if not any(written.values()):
            return
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            for collection, items in written.items():
                for item_id, item in items.items():
                    self._save_one(collection, item_id, item)
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _save_one(self, collection: str, item_id: str, item: Item | None) -> None:
        key = (collection, item_id)
        if item is None:
            self._connection.execute("DELETE FROM item WHERE collection = ? AND id = ?", key)
            return
        self._connection.execute(
            "INSERT INTO item (collection, id, body) VALUES (?, ?, ?)"
            " ON CONFLICT (collection, id) DO UPDATE SET body = excluded.body",
            (*key, json.dumps(item, separators=(",", ":"))),
        )

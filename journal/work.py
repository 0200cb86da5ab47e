"""What a handler is given and what it may answer."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from django.utils.timezone import now

from journal.models import NextActor, Operation


class NoLongerMine(Exception):
    """Another worker has taken the operation: stop without a word."""


READ_BACK_AFTER = timedelta(hours=1)
"""Microsoft forgets request ids; after that a repeat must look first whether it is done."""


@dataclass(frozen=True)
class Done:
    """It is done. `write` runs in the transaction that records the result, or not at all."""

    result: dict[str, Any] = field(default_factory=dict)
    write: Callable[[Operation], None] | None = None


@dataclass(frozen=True)
class Wait:
    """The other side is not ready: ask again in `seconds`; `text` says what is waited for."""

    seconds: float = 2
    actor: str = NextActor.MICROSOFT
    text: str = ""
    limit: timedelta = timedelta(days=2)
    """After that long since the first attempt a person is asked."""


Outcome = Done | Wait


@dataclass
class Work:
    """One attempt at one operation, as its handler sees it."""

    operation: Operation
    sent_at: datetime | None = field(init=False)
    """When an earlier attempt may first have reached the other side."""

    def __post_init__(self) -> None:
        self.sent_at = self.operation.first_sent_at

    @property
    def params(self) -> dict[str, Any]:
        return cast(dict[str, Any], self.operation.params)

    @property
    def was_sent(self) -> bool:
        """An earlier attempt may have reached the other side."""
        return self.sent_at is not None

    @property
    def must_read_back(self) -> bool:
        """The earlier attempt is so old that the other side no longer knows our id."""
        return self.sent_at is not None and now() - self.sent_at > READ_BACK_AFTER

    @property
    def waited(self) -> timedelta:
        """Time since the first attempt began, or since a person said "try again"."""
        return now() - (self.operation.started_at or now())

    @property
    def memo(self) -> dict[str, Any]:
        """What earlier attempts of this operation have remembered."""
        return cast(dict[str, Any], self.operation.memo)

    def remember(self, **facts: Any) -> None:
        """Keep facts (JSON, no secrets) for later attempts. Raises NoLongerMine."""
        if not self.operation.keep_memo({**self.operation.memo, **facts}):
            raise NoLongerMine

    def begin_anew(self) -> None:
        """Read back, found undone: forget the old request. Raises NoLongerMine."""
        if not self.operation.drop_request():
            raise NoLongerMine
        self.sent_at = None

    def request(self, build: Callable[[], Any]) -> tuple[Any, str]:
        """The request to send and its id: the stored one on a repeat, else built and stored now.

        `build` gives a JSON value. Raises NoLongerMine.
        """
        if self.operation.request_id is None:
            kept = self.operation.keep_request(build(), uuid.uuid4())
            if not kept:
                raise NoLongerMine
        stored = self.operation.stored_request()
        if stored is None:
            raise NoLongerMine
        return stored, str(self.operation.request_id)


Handler = Callable[[Work], Outcome]

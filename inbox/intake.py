"""An event of the journal becomes notifications in the transaction that writes it.

So none is missed and none is made twice, whatever commits in which order; there is no cursor.
"""

from typing import Any

from inbox import services
from journal.models import Event


def event_written(*, instance: Event, created: bool, raw: bool = False, **_: Any) -> None:
    """`raw`: a dump is being loaded; it holds its own notifications."""
    if created and not raw:
        services.tell(event=instance)

"""Who asked for something."""

from dataclasses import dataclass


@dataclass(frozen=True)
class By:
    """A person or a part of the portal; `label` is what others read in the history."""

    label: str
    user_id: int | None = None


PORTAL = By(label="portal")
"""The portal itself: schedules, sweeps, reconciliation."""

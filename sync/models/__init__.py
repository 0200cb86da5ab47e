"""What was found to differ from our rows, and how far each market has been looked through."""

from sync.models.customers import FoundCustomer, FoundState
from sync.models.drift import Drift
from sync.models.events import EventState, MicrosoftEvent
from sync.models.sweeps import Sweep, Watch

__all__ = [
    "Drift",
    "EventState",
    "FoundCustomer",
    "FoundState",
    "MicrosoftEvent",
    "Sweep",
    "Watch",
]

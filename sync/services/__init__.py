"""Use cases of keeping in step."""

from sync.services.customers import assign, ignore, queue
from sync.services.events import receive
from sync.services.looks import ask_look, store_look
from sync.services.plans import ask_catch_up, ask_registration, ask_sweep, plan

__all__ = [
    "ask_catch_up",
    "ask_look",
    "ask_registration",
    "ask_sweep",
    "assign",
    "ignore",
    "plan",
    "queue",
    "receive",
    "store_look",
]

"""Use cases of the automatic domain configuration."""

from dnsconfig.services.connections import (
    add_connection,
    refresh_zones,
    remove_connection,
    replace_keys,
)
from dnsconfig.services.runs import (
    APPLY,
    PREPARE,
    decide,
    give_up,
    launch,
    look_again,
    prepare,
    undo,
    withdraw,
)

__all__ = [
    "APPLY",
    "PREPARE",
    "add_connection",
    "decide",
    "give_up",
    "launch",
    "look_again",
    "prepare",
    "refresh_zones",
    "remove_connection",
    "replace_keys",
    "undo",
    "withdraw",
]

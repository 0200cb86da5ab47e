"""Use cases of the automatic domain configuration."""

from dnsconfig.services.connections import add_connection, refresh_zones, remove_connection
from dnsconfig.services.runs import (
    APPLY,
    PREPARE,
    decide,
    give_up,
    launch,
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
    "prepare",
    "refresh_zones",
    "remove_connection",
    "undo",
    "withdraw",
]

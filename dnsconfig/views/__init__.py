"""Pages of the automatic domain configuration."""

from dnsconfig.views.connections import (
    change_keys,
    connections,
    refresh_zones,
    remove_connection,
)
from dnsconfig.views.runs import (
    decide,
    domains,
    export,
    give_up,
    launch,
    look_again,
    plan,
    undo,
    withdraw,
)

__all__ = [
    "change_keys",
    "connections",
    "decide",
    "domains",
    "export",
    "give_up",
    "launch",
    "look_again",
    "plan",
    "refresh_zones",
    "remove_connection",
    "undo",
    "withdraw",
]

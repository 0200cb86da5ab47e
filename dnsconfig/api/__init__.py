"""REST of the automatic domain configuration: the same calls as the pages."""

from dnsconfig.api.runs import Decide, GiveUp, Launch, OnePlan, Plans, Undo, Withdraw
from dnsconfig.api.zones import Domains, Zones

__all__ = [
    "Decide",
    "Domains",
    "GiveUp",
    "Launch",
    "OnePlan",
    "Plans",
    "Undo",
    "Withdraw",
    "Zones",
]

"""What is wanted, minus what is there: a value that is shown, decided on, stored, approved. Pure.

`make` compares; each `Change` says what it would write, why, and which other ways there are;
`Plan.decide` takes a person's choices; `undo` and `withdraw` plan the way back.
"""

from dnsconfig.plan.making import is_stale, make, remake
from dnsconfig.plan.reasons import Action, Need, Reason, Way
from dnsconfig.plan.undoing import undo, withdraw
from dnsconfig.plan.values import Caution, Change, Option, Plan, Wanted
from dnsconfig.plan.weighing import Weight, policies, weigh

__all__ = [
    "Action",
    "Caution",
    "Change",
    "Need",
    "Option",
    "Plan",
    "Reason",
    "Wanted",
    "Way",
    "Weight",
    "is_stale",
    "make",
    "policies",
    "remake",
    "undo",
    "weigh",
    "withdraw",
]

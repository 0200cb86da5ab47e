"""Rules of the new commerce experience: pure, the time is an argument.

No Django, no clock, no I/O. `judge` answers every wish with a `Preview` or raises `Forbidden`.
"""

from subscriptions.rules.changes import (
    Cancel,
    Change,
    ChangePlan,
    ChooseEnd,
    ClearSchedule,
    ConvertTrial,
    Reactivate,
    Rename,
    ScheduleAtRenewal,
    SetSeats,
    Suspend,
    Upgrade,
    from_json,
)
from subscriptions.rules.contract import EXTEND, RENEW, STOP, Contract, Scheduled
from subscriptions.rules.coterm import is_possible_end, possible_ends
from subscriptions.rules.judge import judge
from subscriptions.rules.lifecycle import (
    TRIAL_BECOMES,
    Stage,
    at_term_end,
    extended_price,
    fate,
    goes_on,
    is_extendable,
    stages,
)
from subscriptions.rules.money import CENT, Charge, cut, total
from subscriptions.rules.preview import Forbidden, Note, Preview
from subscriptions.rules.terms import (
    Period,
    allowed_billing,
    cycle_at,
    cycles,
    renewal_day,
    term_end,
)
from subscriptions.rules.windows import (
    WINDOW,
    Batch,
    add,
    lowest_quantity,
    next_deadline,
    promised_until,
    returnable,
    take,
)

__all__ = [
    "CENT",
    "EXTEND",
    "RENEW",
    "STOP",
    "TRIAL_BECOMES",
    "WINDOW",
    "Batch",
    "Cancel",
    "Change",
    "ChangePlan",
    "Charge",
    "ChooseEnd",
    "ClearSchedule",
    "Contract",
    "ConvertTrial",
    "Forbidden",
    "Note",
    "Period",
    "Preview",
    "Reactivate",
    "Rename",
    "ScheduleAtRenewal",
    "Scheduled",
    "SetSeats",
    "Stage",
    "Suspend",
    "Upgrade",
    "add",
    "allowed_billing",
    "at_term_end",
    "cut",
    "cycle_at",
    "cycles",
    "extended_price",
    "fate",
    "from_json",
    "goes_on",
    "is_extendable",
    "is_possible_end",
    "judge",
    "lowest_quantity",
    "next_deadline",
    "possible_ends",
    "promised_until",
    "renewal_day",
    "returnable",
    "stages",
    "take",
    "term_end",
    "total",
]

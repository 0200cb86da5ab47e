"""One question for every change: what would it do, or why not."""

from datetime import datetime

from subscriptions.rules import changes
from subscriptions.rules.changes import Change
from subscriptions.rules.checks import need_alive
from subscriptions.rules.contract import Contract
from subscriptions.rules.ending import (
    judge_clear,
    judge_end,
    judge_reactivate,
    judge_rename,
    judge_schedule,
    judge_suspend,
)
from subscriptions.rules.plans import judge_conversion, judge_plan, judge_upgrade
from subscriptions.rules.preview import Preview
from subscriptions.rules.seats import judge_cancel, judge_seats


def judge(contract: Contract, change: Change, at: datetime) -> Preview:
    """What a change made at `at` (aware, Microsoft's time) would do.

    Raises:
        Forbidden: the rules refuse it, with the day from which it is possible, if there is one.
    """
    need_alive(contract, at)
    match change:
        case changes.SetSeats():
            return judge_seats(contract, change, at)
        case changes.Cancel():
            return judge_cancel(contract, change, at)
        case changes.Suspend():
            return judge_suspend(contract, change, at)
        case changes.Reactivate():
            return judge_reactivate(contract, change, at)
        case changes.Rename():
            return judge_rename(contract, change, at)
        case changes.ChooseEnd():
            return judge_end(contract, change, at)
        case changes.ScheduleAtRenewal():
            return judge_schedule(contract, change, at)
        case changes.ClearSchedule():
            return judge_clear(contract, change, at)
        case changes.ConvertTrial():
            return judge_conversion(contract, change, at)
        case changes.ChangePlan():
            return judge_plan(contract, change, at)
        case changes.Upgrade():
            return judge_upgrade(contract, change, at)
    raise TypeError(f"no rules for {change!r}")

"""Microsoft's charge lines against what the portal said before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sandbox.microsoft.subscriptions import current
from subscriptions.rules import Cancel, Contract, Preview, at_term_end

IMMEDIATE = {
    "new", "addQuantity", "removeQuantity", "cancelImmediate", "convert", "changeBillingPlan",
}  # fmt: skip
ALIVE = ("active", "suspended")


@dataclass(frozen=True)
class Due:
    """A charge that comes with time."""

    kind: str
    amount: Decimal | None
    """None: the portal does not know the price."""
    starts_on: date


@dataclass
class Ledger:
    """Reads every line once."""

    world: Any
    promised: Decimal = Decimal(0)
    """All that the portal said would be due at once."""
    _read: dict[str, int] = field(default_factory=dict)

    def new_lines(self) -> list[dict[str, Any]]:
        """Lines of all subscriptions that have come since the last call."""
        found: list[dict[str, Any]] = []
        for row in self.world.table("subscriptions").values():
            lines = current(self.world, row)["charges"]
            found += lines[self._read.get(row["id"], 0) :]
            self._read[row["id"]] = len(lines)
        return found

    def immediate(self) -> Decimal:
        """The sum of all lines that a purchase or change has caused."""
        rows = [current(self.world, row) for row in self.world.table("subscriptions").values()]
        return total(line for row in rows for line in row["charges"])


def total(lines: Iterable[dict[str, Any]]) -> Decimal:
    """The sum of the immediate ones."""
    amounts = [Decimal(str(e["subtotal"])) for e in lines if e["chargeType"] in IMMEDIATE]
    return sum(amounts, Decimal(0))


def differing(preview: Preview, lines: Iterable[dict[str, Any]]) -> set[tuple[Any, ...]]:
    """Lines that only the preview or only Microsoft has; all is given back in one line there."""
    said = {(c.kind, c.quantity, c.amount, c.starts_on, c.ends_on) for c in preview.charges}
    got = set()
    for line in lines:
        ends_on = date.fromisoformat(line["chargeEndDate"][:10])
        due = shown(line)
        got.add((due.kind, line["quantity"], due.amount, due.starts_on, ends_on))
    return set() if isinstance(preview.change, Cancel) else said ^ got


def shown(line: dict[str, Any]) -> Due:
    """A line of Microsoft's."""
    amount = Decimal(str(line["subtotal"])).quantize(Decimal("0.01"))
    return Due(line["chargeType"], amount, date.fromisoformat(line["chargeStartDate"][:10]))


def passed(
    contract: Contract, since: datetime, until: datetime
) -> tuple[list[Due], Contract | None]:
    """What the rules charge between two moments if nobody does anything, and what is then.

    They end with the renewal into a plan that the portal does not know.
    """
    first, last, found = since.date(), until.date(), []
    while contract.status in ALIVE:
        found += _cycles(contract, first, last)
        if contract.ends_on >= last:
            break
        unknown = is_price_unknown(contract)
        contract = at_term_end(contract)
        if contract.status in ALIVE:
            amount = None if unknown else contract.cycle_amount
            found.append(Due("renew", amount, contract.started_on))
            if unknown:
                return found, None
    return found, contract


def is_price_unknown(contract: Contract) -> bool:
    """The renewal brings a plan of unknown price, or that of before the extended term."""
    wish = contract.scheduled
    if contract.is_extended and contract.auto_renew:
        return True
    return wish is not None and wish.is_other_plan and not wish.unit_price


def _cycles(contract: Contract, first: date, last: date) -> list[Due]:
    if contract.is_trial:
        return []
    coming = (each for each in contract.cycles() if first < each.start <= last)
    return [
        Due("cycleCharge", contract.cycle_amount, each.start)
        for each in coming
        if each.start > contract.started_on
    ]

"""The steps of a journey, and what must be true after each."""

import random
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from common.clock import microsoft_now
from common.refusals import Impossible
from journal.models import Operation, State
from orders import services as orders
from orders.models import Order
from subscriptions import rules, services
from subscriptions.contracts import contract_of
from subscriptions.models import Licence, Status, Subscription
from subscriptions.rules import Change, Preview
from tenants.models import Tenant
from tests.journeys import ledger, truth, wanted
from tests.journeys.shop import Shop, line_of, more, standing_tenant
from tests.journeys.unsteady import trouble
from tests.orders import wishes

ON_SALE = (
    "Microsoft 365 Business Basic", "Microsoft 365 Business Standard", "Exchange Online (Plan 1)",
    "Microsoft 365 E3", "Project Plan 3", "Microsoft 365 Business Premium (Trial)",
    "Microsoft Teams Phone Standard",
)  # fmt: skip
JUMPS = (
    timedelta(hours=1), timedelta(hours=7), timedelta(hours=20), timedelta(days=2),
    timedelta(days=6), timedelta(days=8), timedelta(days=20), timedelta(days=31),
    timedelta(days=75), timedelta(days=200), timedelta(days=366), timedelta(days=420),
)  # fmt: skip


class Journey:
    """One walk; `told` are its steps in words."""

    def __init__(self, rng: random.Random, shop: Shop, start: datetime) -> None:
        self.rng, self.shop, self.at = rng, shop, start
        self.told: list[str] = []
        self.ledger = ledger.Ledger(shop.world)

    def go(self) -> None:
        """From the first order to the last look."""
        if self.rng.random() < 0.15:
            self._platform()
        else:
            tenant = standing_tenant(self.shop, "bakery")
            while not Subscription.objects.exists():
                self._buy(tenant)
        for _step in range(self.rng.randint(5, 12)):
            if self.rng.random() < 0.6:
                self._jump()
            rows = list(Subscription.objects.select_related("tenant__account", "licence"))
            row = self.rng.choice(rows)
            if self.rng.random() < 0.12:
                self._buy(row.tenant)
            else:
                self._wish(row)
            self._look()
        self._rest()

    # -- steps

    def _jump(self) -> None:
        """Time goes on; no two steps are at the same minute, so that no deadline is met exactly."""
        jump = self.rng.choice(JUMPS)
        self.at = (self.at + jump).replace(minute=2 + 2 * len(self.told) % 56)
        if self.rng.random() < 0.3:
            day = timedelta(days=self.rng.randrange(3))
            self.at = (self.at + day).replace(hour=self.rng.randrange(24))
        before = microsoft_now()
        self.at = max(self.at, before + timedelta(minutes=5))
        expected = {row: contract_of(row) for row in self._living()}
        self.shop.turn_clock(self.at)
        self.told.append(f"it is {self.at:%Y-%m-%d %H:%M}")
        self._settle(expected, before)
        # A look a day is the schedule's; within a day the portal may lag behind.
        if self.at - before > timedelta(days=1) or self.rng.random() < 0.7:
            self._look()

    def _platform(self) -> None:
        """The whole journey of a new customer."""
        self.told.append("order a platform with 3 Microsoft 365 Business Basic P1Y Monthly")
        reseller = self.shop.reseller
        licence = wishes.licence(reseller.account, "Microsoft 365 Business Basic")
        wish = wishes.platform(reseller.partner_id.pk, wishes.line(licence, 3, "P1Y"))
        self._trouble()
        ordered = orders.order_platform(actor=self.shop.actor, wish=wish)
        again = orders.order_platform(actor=self.shop.actor, wish=wish)
        self._expect(again == ordered, "the same form has made another order")
        self._arrives(ordered)
        customers = len(self.shop.world.table("customers"))
        self._expect(customers == 1, f"{customers} customers")

    def _arrives(self, order: Order) -> None:
        """Whatever breaks, its steps come to their end, and it costs what it said."""
        self._run()
        failed = order.steps().exclude(state=State.DONE).values_list("kind", "error_text")
        self._expect(not failed, f"the order hangs: {list(failed)}")
        self._paid(order.total)

    def _buy(self, tenant: Tenant) -> None:
        """More licences: one order, however often its form is sent and whatever breaks."""
        on_sale = Licence.objects.on_sale(market="eu", country="FR", currency="EUR")
        name = self.rng.choice(ON_SALE)
        licence = next(each for each in on_sale if each.name == name)
        plan = self.rng.choice(list(licence.prices.offered().order_by("term", "billing_cycle")))
        quantity = 25 if licence.is_trial else self.rng.randint(1, 40)
        self.told.append(f"buy {quantity} {licence.name} {plan.term} {plan.billing_cycle}")
        wish, sent = more(line_of(licence, plan, quantity)), self._writes()
        try:
            bought: Order = orders.order_more(actor=self.shop.actor, tenant=tenant, wish=wish)
        except Impossible as refusal:
            self.told.append(f"cannot: {refusal}")
            self._expect(sent == self._writes(), "was sent")
            return
        self._trouble()
        again = orders.order_more(actor=self.shop.actor, tenant=tenant, wish=wish)
        self._expect(again == bought, "the same form has made another order")
        self._arrives(bought)

    def _wish(self, row: Subscription) -> None:
        """One wish; what the rules forbid must not be sent, all else must be accepted."""
        sent, asked = self._writes(), Operation.objects.count()
        try:
            change = wanted.change(self.rng, row)
            preview = services.preview(subscription=row, change=change)
        except Impossible as refusal:
            self.told.append(f"{row} cannot: {refusal}")
            self._expect((sent, asked) == (self._writes(), Operation.objects.count()), "was sent")
            return
        self.told.append(f"{row}: {change.to_json()}, {preview.amount_now} now")
        self._carry_out(row, change, preview)

    def _carry_out(self, row: Subscription, change: Change, preview: Preview) -> None:
        before = Subscription.objects.get(pk=row.pk)
        self._trouble()
        asking: dict[str, Any] = {
            "subscription": row,
            "change": change,
            "by": self.shop.by,
            "seen": services.Seen(preview.amount_now, preview.period_after),
            "keep_schedule": self.rng.random() < 0.5,
        }
        operation = services.change(**asking)
        self._expect(services.change(**asking) == operation, "the same wish has been asked twice")
        if operation is not None:
            self._refused({**asking, "change": rules.Rename(name="In between")})
        self._run()
        failed = Operation.objects.filter(subject=row.key).exclude(state=State.DONE)
        self._expect(not failed, str(failed.values_list("kind", "error_code", "error_text")))
        lines = self._paid(preview.amount_now)
        differing = ledger.differing(preview, lines)
        self._expect(not differing, f"only in the preview or at Microsoft: {differing}")
        if operation is None:  # nothing was asked, so nothing was read either
            self._look()
            return
        row.refresh_from_db()
        truth.is_shown(row)
        truth.kept(before, row, change, asking["keep_schedule"])

    def _refused(self, asking: dict[str, Any]) -> None:
        """While one change is under way, there is no other one."""
        try:
            services.change(**asking)
        except Impossible:
            return
        raise AssertionError("two changes of one subscription are under way")

    # -- what must be true

    def _rest(self) -> None:
        self.shop.world.faults.clear()
        self.shop.transport.heal()
        self._run()
        self._look()
        truth.agree(self.shop)
        truth.bought_once(self.shop.world)
        truth.nothing_forbidden(self.shop.world)
        paid = self.ledger.immediate()
        self._expect(paid == self.ledger.promised, f"{self.ledger.promised} said, {paid} charged")

    def _settle(self, expected: dict[Subscription, Any], since: datetime) -> None:
        """What time has charged and renewed is what the rules of the portal say of it."""
        lines = self.ledger.new_lines()
        for row, contract in expected.items():
            got = [ledger.shown(x) for x in lines if x["subscriptionId"] == row.microsoft_id]
            due, after = ledger.passed(contract, since, self.at)
            truth.same_charges(row, due, got)
            if after is not None:
                truth.same_fate(self.shop.world, row, rules.fate(after, self.at))

    def _paid(self, amount: Decimal) -> list[dict[str, Any]]:
        """What was charged at once is what had been said; the lines."""
        self.ledger.promised += amount
        lines = self.ledger.new_lines()
        got = ledger.total(lines)
        self._expect(got == amount, f"{amount} said, {got} charged: {[*map(ledger.shown, lines)]}")
        return lines

    def _look(self) -> None:
        """The portal reads what Microsoft shows."""
        truth.look(self.shop)
        truth.agree(self.shop)

    # -- by the way

    def _living(self) -> list[Subscription]:
        rows = Subscription.objects.exclude(microsoft_id="").exclude(status=Status.DELETED)
        return list(rows.select_related("tenant__account", "licence"))

    def _trouble(self) -> None:
        while self.rng.random() < 0.35:
            told = trouble(self.rng, self.shop.world, self.shop.transport)
            self.told.append(f"({told})")

    def _run(self) -> None:
        self.shop.run_journal()
        self.shop.world.faults.clear()
        self.shop.transport.heal()

    def _writes(self) -> int:
        return len(truth.writes(self.shop.world))

    def _expect(self, is_true: bool, told: str) -> None:
        if not is_true:
            raise AssertionError(told)

"""What Microsoft's rules allow beside what a customer holds: bases, trials, the cap of seats.

Sources: the SKU's own data, and Microsoft's limits per customer (800066, 800089, 400041, 10018).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from django.utils.translation import gettext as _

from orders.models import OrderLine
from subscriptions.models import Licence, Status, Subscription
from tenants.models import Tenant

MOST_SEATS: Final = 100_000
"""No order of a reseller is larger; Microsoft's own limits are mostly lower."""
COUNTED: Final = (Status.ACTIVE, Status.PENDING)


@dataclass(frozen=True)
class Held:
    """Seats by `product:sku`, and all that was ever held."""

    seats: Counter[str] = field(default_factory=Counter)
    ever: frozenset[str] = frozenset()

    @classmethod
    def of_order(cls, lines: Iterable[tuple[Licence, int]]) -> Self:
        """What an order asks for."""
        seats: Counter[str] = Counter()
        for licence, quantity in lines:
            seats[licence.code.upper()] += quantity
        return cls(seats)

    @classmethod
    def by(cls, tenant: Tenant | None) -> Self:
        """What a customer holds; a new one holds nothing."""
        if tenant is None:
            return cls()
        rows = Subscription.objects.filter(tenant=tenant).exclude(licence=None)
        # A trial that has become a paid term has another licence; its order remembers it.
        ordered = OrderLine.objects.filter(order__tenant=tenant).select_related("licence")
        ever = {line.licence.code.upper() for line in ordered}
        seats: Counter[str] = Counter()
        for row in rows.select_related("licence"):
            assert row.licence is not None
            ever.add(row.licence.code.upper())
            if row.status in COUNTED:
                seats[row.licence.code.upper()] += row.quantity
        return cls(seats, frozenset(ever))

    def has_tried(self, licence: Licence) -> bool:
        """Whether the customer has had its one trial of this licence."""
        return licence.is_trial and licence.code.upper() in self.ever

    def bases(self, addon: Licence) -> int:
        """Seats of the licences on which an add-on may stand."""
        return sum(self.seats[code.upper()] for code in addon.prerequisites)


def against_others(licence: Licence, ordered: Held, held: Held) -> str:
    """The sentence that forbids a licence of an order; empty when nothing does."""
    code = licence.code.upper()
    if held.has_tried(licence):
        return _("A customer can try a licence once only.")
    most = min(licence.maximum or MOST_SEATS, MOST_SEATS)
    wanted = ordered.seats[code] + held.seats[code]
    if wanted > most:
        text = _("A customer may hold %(maximum)s seats of this licence; it has %(held)s.")
        return text % {"maximum": most, "held": held.seats[code]}
    if not licence.is_addon or not licence.prerequisites:
        return ""
    bases = ordered.bases(licence) + held.bases(licence)
    if not bases:
        return _("This add-on needs its base licence in the same order.")
    if wanted > bases:
        text = _("There are only %(seats)s seats of its base licence: add some, or order fewer.")
        return text % {"seats": bases}
    return ""


def advice(licence: Licence, held: Held, names: Mapping[str, str]) -> str:
    """What to know or do before a licence is chosen; empty when there is nothing.

    `names`: of the licences on sale, by `PRODUCT:SKU`.
    """
    if held.has_tried(licence):
        return _("A customer can try a licence once only.")
    if licence.is_trial:
        text = _("Exactly %(seats)s seats, free for 30 days, once per customer.")
        return text % {"seats": licence.minimum}
    if licence.is_addon and licence.prerequisites and not held.bases(licence):
        bases = [names[code.upper()] for code in licence.prerequisites if code.upper() in names]
        if not bases:
            return _("Its base licence is not sold here.")
        return _("Order it together with one of: %(bases)s.") % {"bases": ", ".join(bases)}
    if licence.minimum > 1:
        return _("From %(minimum)s seats.") % {"minimum": licence.minimum}
    return ""

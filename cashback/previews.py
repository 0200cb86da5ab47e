"""What a changed cashback rule would have paid for the last closed month: read before saving."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import PartnerId
from cashback import rules
from cashback.models import Rule, Statement
from cashback.usage import next_month, usages_of
from common.clock import microsoft_now
from common.previews import Preview, Table
from common.templatetags.values import money

MOST = 100
"""MPN IDs that are computed: those that earned most."""

Pair = tuple[Decimal, Decimal]


def preview(rule: Rule, before: Rule | None) -> Preview:
    """The counted seats of one month, under the rules that hold from the rule's first month."""
    month = _month()
    valid = max(month, rule.first_month)
    changes = _changes(rule, month, valid)
    names = {"month": date_format(month, "F Y"), "valid": date_format(valid, "F Y")}
    lead = _("Seats as they were counted in %(month)s, by the rules of %(valid)s.") % names
    notes = [_("Closed months keep their figures; open ones are computed anew.")]
    if Statement.objects.filter(month=month).values("partner_id").distinct().count() > MOST:
        notes.append(_("Only the %(n)s MPN IDs that earned most are computed here.") % {"n": MOST})
    notes.append(_("Nothing is saved yet."))
    if not changes:
        nothing = _("No MPN ID would earn more or less.")
        return Preview(f"{lead} {nothing}", [], notes)
    return Preview(lead, [_sums(changes), _examples(changes)], notes)


def _month() -> date:
    """The last closed one; before there is one, the present."""
    closed: date | None = Statement.objects.exclude(frozen_at=None).aggregate(m=Max("month"))["m"]
    return closed or microsoft_now().date().replace(day=1)


def _changes(rule: Rule, month: date, valid: date) -> dict[tuple[PartnerId, str], Pair]:
    """By MPN ID and currency, where the two differ."""
    standing = [each.as_rule() for each in Rule.objects.all()]
    new = rules.Rule(**{**vars(rule.as_rule()), "key": rule.pk or 0})
    changed = [each for each in standing if each.key != rule.pk] + [new]
    found: dict[tuple[PartnerId, str], Pair] = {}
    for partner in _partners(month):
        for currency, usages in usages_of(partner, month, next_month(month)).items():
            old, after = (
                rules.total(rules.month_of(each, usages, valid)) for each in (standing, changed)
            )
            if old != after:
                found[partner, currency] = old, after
    return found


def _partners(month: date) -> list[PartnerId]:
    rows = PartnerId.objects.filter(seat_counts__isnull=False).select_related("account").distinct()
    earned = Statement.objects.filter(month=month).order_by("-total")
    most = list(earned.values_list("partner_id", flat=True)[:MOST])
    return list(rows.filter(pk__in=most) if most else rows.order_by("pk")[:MOST])


def _sums(changes: dict[tuple[PartnerId, str], Pair]) -> Table:
    sums: dict[str, list[Pair]] = defaultdict(list)
    for (_partner, currency), pair in changes.items():
        sums[currency].append(pair)
    rows = [
        [currency, str(len(pairs)), *_figures(_total(pairs, 0), _total(pairs, 1), currency)]
        for currency, pairs in sorted(sums.items())
    ]
    heads = [_("Currency"), _("MPN IDs"), _("Before"), _("After"), _("Difference")]
    return Table(_("Cashback of the month"), heads, rows, numbers=4)


def _total(pairs: list[Pair], which: int) -> Decimal:
    return sum((pair[which] for pair in pairs), Decimal(0))


def _examples(changes: dict[tuple[PartnerId, str], Pair]) -> Table:
    largest = sorted(changes.items(), key=lambda item: -abs(item[1][1] - item[1][0]))[:10]
    rows = [
        [partner.mpn_id, str(partner.account), *_figures(*pair, currency)]
        for (partner, currency), pair in largest
    ]
    heads = [_("MPN ID"), _("Reseller"), _("Before"), _("After"), _("Difference")]
    return Table(_("The largest differences"), heads, rows, numbers=3)


def _figures(before: Decimal, after: Decimal, currency: str) -> list[str]:
    difference = after - before
    sign = "+" if difference > 0 else ""
    shown = [money(each, currency) for each in (before, after, difference)]
    return [*shown[:2], sign + shown[2]]

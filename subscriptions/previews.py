"""What staff reads before a margin rule is saved."""

from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.previews import Preview, Table
from common.templatetags.values import money
from subscriptions.affected import Affected, Example, Sums, affected
from subscriptions.models import MarginRule
from subscriptions.plans import plan_label


def preview(rule: MarginRule, before: MarginRule | None) -> Preview:
    """The sums per currency, and the largest differences as examples."""
    found = affected(rule, before)
    if not found.sums:
        lead = _(
            "No price of a seat that somebody holds changes. The rule may count for the price"
            " lists of %(n)s resellers."
        )
        return Preview(lead % {"n": found.price_lists}, [], [_("Nothing is saved yet.")])
    return Preview(_lead(found), _tables(found), [_kept(), _("Nothing is saved yet.")])


def _kept() -> str:
    return _(
        "Subscriptions keep their price until their term ends. The sums are what the same seats"
        " would cost per month at their next renewal, by today's prices of Microsoft."
    )


def _lead(found: Affected) -> str:
    text = _("From %(day)s. The rule may count for the price lists of %(n)s resellers.")
    return text % {"day": date_format(found.day, "DATE_FORMAT"), "n": found.price_lists}


def _tables(found: Affected) -> list[Table]:
    sums = Table(
        _("Per month and currency"),
        [
            _("Currency"),
            _("Resellers"),
            _("Subscriptions"),
            _("Licences"),
            _("Before"),
            _("After"),
            _("Difference"),
        ],
        [_sum(currency, each) for currency, each in found.sums.items()],
        numbers=6,
    )
    examples = Table(
        _("The largest differences"),
        [
            _("Reseller"),
            _("Licence"),
            _("Term and payment"),
            _("Licences"),
            _("Before"),
            _("After"),
            _("Difference per month"),
        ],
        [_example(each) for each in found.examples],
        numbers=4,
    )
    return [sums, examples]


def _sum(currency: str, sums: Sums) -> list[str]:
    return [
        currency,
        str(len(sums.accounts)),
        str(sums.subscriptions),
        str(sums.seats),
        money(sums.before, currency),
        money(sums.after, currency),
        signed(sums.after - sums.before, currency),
    ]


def _example(each: Example) -> list[str]:
    before, after = each.monthly
    return [
        str(each.account),
        each.licence.name,
        str(plan_label(each.term, each.billing_cycle)),
        str(each.seats),
        money(each.before, each.currency),
        money(each.after, each.currency),
        signed(after - before, each.currency),
    ]


def signed(amount: Decimal, currency: str) -> str:
    """With its sign also where it is more."""
    return f"+{money(amount, currency)}" if amount > 0 else money(amount, currency)

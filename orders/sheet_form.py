"""One customer of a file as the order form of the page: the same fields, the same sentences."""

from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.models import PartnerId
from orders.forms import PlatformForm
from orders.models import UploadRow
from orders.sheets import CUSTOMER, contradiction
from orders.terms import plan_value
from partnercenter.types import AgreementTemplate
from subscriptions.access import catalogue_for
from subscriptions.models import Licence
from subscriptions.tariff import Tariff

Errors = list[tuple[str, str]]
"""Column, or empty, and sentence."""


class SheetForm:
    """Reads rows for one account: catalogue, MPN IDs and agreement are fetched once."""

    def __init__(self, actor: Actor, template: AgreementTemplate) -> None:
        self.licences = list(catalogue_for(actor))
        self.tariff = Tariff.of(actor.account)
        self.template = template
        rows = actor.account.partner_ids.all()
        self.partners = [partner for partner in rows if partner.is_valid]
        self.language = actor.account.language

    def form(self, typed: dict[str, str]) -> PlatformForm:
        """As if somebody had typed it."""
        return PlatformForm(
            typed,
            licences=self.licences,
            tariff=self.tariff,
            partners=self.partners,
            template=self.template,
        )

    def typed(self, row: UploadRow) -> tuple[dict[str, str], Errors]:
        """The fields of a row, and what is wrong before a form could say it."""
        first, errors = row.lines[0], []
        fields = {name: first[name] for name in CUSTOMER if name != "mpn_id"}
        fields |= {"form_key": str(row.form_key), "agreed": "on"}
        fields["country"] = fields["country"].upper()
        fields["language"] = fields["language"].lower() or self.language
        fields |= {"own_subdomain": "on"} if fields["subdomain"] else {}
        partner = self._partner(first["mpn_id"])
        if partner is None:
            errors.append(("mpn_id", _("Not a valid MPN ID of your account.")))
        else:
            fields["partner_id"] = str(partner.pk)
        if column := contradiction(row.lines):
            errors.append((column, _("Lines of one reference name different customers.")))
        for line in row.lines:
            errors += self._add_line(fields, line)
        return fields, errors

    def _partner(self, mpn_id: str) -> PartnerId | None:
        fitting = (p for p in self.partners if mpn_id in ("", p.mpn_id))
        return next(fitting, None)

    def _add_line(self, fields: dict[str, str], line: dict[str, str]) -> Errors:
        licence = self._licence(line["licence"])
        if licence is None:
            return [("licence", _("%(name)s is not sold.") % {"name": line["licence"] or "–"})]
        if f"quantity_{licence.pk}" in fields:
            return [("licence", _("%(name)s is listed twice.") % {"name": licence.name})]
        plan = (line["term"].upper(), line["billing_cycle"].lower())
        prices = [
            price
            for price in licence.prices_now  # type: ignore[attr-defined]
            if (price.term, price.billing_cycle.lower()) == plan
        ]
        if not prices:
            return [("term", _("%(name)s is not sold for this term.") % {"name": licence.name})]
        if line["quantity"] in ("", "0"):
            return [("quantity", _("Enter a whole number from 1."))]
        shown = self.tariff.price(licence, prices[0])
        fields[f"plan_{licence.pk}"] = plan_value(prices[0], shown)
        fields[f"quantity_{licence.pk}"] = line["quantity"]
        return []

    def _licence(self, name: str) -> Licence | None:
        wanted = name.casefold()
        fitting = (x for x in self.licences if wanted in (x.name.casefold(), x.code.casefold()))
        return next(fitting, None)


def column_of(field: str) -> str:
    """The column of a form's field."""
    if field.startswith("quantity_"):
        return "quantity"
    return {"partner_id": "mpn_id", "own_subdomain": "subdomain"}.get(
        field, field if field in CUSTOMER else ""
    )

"""Invoices: the charge lines of a calendar month that is over, one for each currency."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from sandbox.microsoft.catalogue_views import TERMS
from sandbox.microsoft.charges import charges
from sandbox.microsoft.door import Call, Reply, collection, link, partner
from sandbox.microsoft.licences import SYMBOLS, by_key
from sandbox.microsoft.paging import page
from sandbox.microsoft.refusal import front
from sandbox.microsoft.times import add_months, midnight, read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sandbox.table import Item
    from sandbox.world import World

READY_DAY = 6  # of the following month
CURRENCIES = ("EUR", "GBP", "USD")
MAX_LINES = 2000
LINES = "lineitems/OneTime/BillingLineItems"


def _by_invoice(world: World) -> dict[str, list[Item]]:
    """The charge lines of every invoice that is ready, by its number, oldest first."""
    found: dict[str, list[Item]] = {}
    now = world.now()
    for charge in charges(world):
        if _ready_at(charge) <= now:
            found.setdefault(_number(charge), []).append(charge)
    return dict(sorted(found.items()))


def numbers(world: World) -> list[str]:
    """The invoices that are ready."""
    return list(_by_invoice(world))


def _number(charge: Item) -> str:
    month = str(charge["at"])[:7].replace("-", "")
    return f"G{month}{CURRENCIES.index(charge['currency']) + 1:03d}"


def _ready_at(charge: Item) -> datetime:
    first = read(charge["at"]).date().replace(day=1)
    return midnight(add_months(first, 1).replace(day=READY_DAY))


def list_all(call: Call) -> Reply:
    """Every invoice, by `size` and `offset`."""
    size, offset = (call.query(name) or "0" for name in ("size", "offset"))
    if not size.isdecimal() or not offset.isdecimal():
        raise front(400, 2000, "The page size and the offset must be numbers.")
    start, every = int(offset), list(_by_invoice(call.world).items())
    shown = every[start : start + (int(size) or len(every))]
    query = {name: value for name, value in (("size", size), ("offset", offset)) if value != "0"}
    uri = f"/invoices?{urlencode(query)}" if query else "/invoices"
    return Reply(collection([_invoice(number, lines) for number, lines in shown], uri))


def get(call: Call, invoice_id: str) -> Reply:
    """One invoice."""
    return Reply(_invoice(invoice_id, _lines(call, invoice_id)))


def _lines(call: Call, invoice_id: str) -> list[Item]:
    found = _by_invoice(call.world).get(invoice_id)
    if not found:
        raise front(404, 1000, f"Invoice {invoice_id} was not found.")
    return found


def _invoice(number: str, lines: Iterable[Item]) -> Item:
    first = date(int(number[1:5]), int(number[5:7]), 1)
    following = add_months(first, 1)
    currency = CURRENCIES[int(number[-3:]) - 1]
    total = sum((Decimal(str(each["subtotal"])) for each in lines), Decimal(0))
    detail = {
        "invoiceLineItemType": "billing_line_items",
        "billingProvider": "one_time",
        "links": {"self": link(f"/invoices/{number}/{LINES}")},
        "attributes": {"objectType": "InvoiceDetail"},
    }
    return {
        "id": number,
        "invoiceDate": f"{following.replace(day=READY_DAY)}T00:00:00Z",
        "billingPeriodStartDate": f"{first}T00:00:00Z",
        "billingPeriodEndDate": f"{following - timedelta(days=1)}T00:00:00Z",
        "totalCharges": float(total),
        "paidAmount": 0.0,
        "currencyCode": currency,
        "currencySymbol": SYMBOLS[currency],
        "invoiceDetails": [detail],
        "documentType": "invoice",
        "invoiceType": "OneTime",
        "state": "due",
        "links": {"self": link(f"/invoices/{number}")},
        "attributes": {"objectType": "Invoice"},
    }


def line_items(call: Call, invoice_id: str, provider: str, kind: str) -> Reply:
    """The lines of an invoice, up to 2,000 a page."""
    if (provider.lower(), kind.lower()) != ("onetime", "billinglineitems"):
        raise front(400, 2000, "Only billing line items of the provider OneTime are there.")
    lines = _lines(call, invoice_id)
    numbered = [{**each, "id": str(place)} for place, each in enumerate(lines)]
    path = f"/invoices/{invoice_id}/{LINES}"
    return page(call, path, numbered, lambda each: _line(call.world, invoice_id, each), MAX_LINES)


def _line(world: World, number: str, charge: Item) -> Item:
    licence, own = by_key()[charge["key"]], world.table("provider")["self"]
    customer: Any = world.table("customers").get(charge["customerId"], {})
    return {
        "partnerId": own["tenant_id"],
        "customerId": charge["customerId"],
        "customerName": customer.get("company_name", ""),
        "customerDomainName": customer.get("domain", ""),
        "customerCountry": _country(customer),
        "invoiceNumber": number,
        "mpnId": own["mpn_id"],
        "tier2MpnId": charge["partnerId"],
        "orderId": charge["orderId"],
        "orderDate": charge["at"],
        "productId": licence.product,
        "skuId": licence.sku,
        "availabilityId": charge["availability"],
        "productName": licence.title,
        "skuName": licence.title,
        "chargeType": charge["chargeType"],
        "unitPrice": charge["unitPrice"],
        "effectiveUnitPrice": charge["effectiveUnitPrice"],
        "unitType": "",
        "quantity": charge["quantity"],
        "billableQuantity": charge["quantity"],
        "subtotal": charge["subtotal"],
        "taxTotal": 0.0,
        "totalForCustomer": charge["subtotal"],
        "currency": charge["currency"],
        "pricingCurrency": charge["currency"],
        "pcToBCExchangeRate": 1.0,
        "publisherName": "Microsoft Corporation",
        "publisherId": "",
        "subscriptionDescription": licence.title,
        "subscriptionId": charge["subscriptionId"],
        "chargeStartDate": charge["chargeStartDate"],
        "chargeEndDate": charge["chargeEndDate"],
        "subscriptionStartDate": charge["subscriptionStartDate"],
        "subscriptionEndDate": charge["subscriptionEndDate"],
        "termAndBillingCycle": TERMS[charge["termDuration"]],
        "billingFrequency": str(charge["billingCycle"]).title(),
        "promotionId": charge["promotionId"],
        "alternateId": charge["orderId"],
        "invoiceLineItemType": "billing_line_items",
        "billingProvider": "one_time",
        "attributes": {"objectType": "OneTimeInvoiceLineItem"},
    }


def _country(customer: Any) -> str:
    return str(customer.get("billing", {}).get("defaultAddress", {}).get("country", ""))


INVOICE = "/v1/invoices/<invoice_id>"
RULES = [
    partner("GET", "/v1/invoices", list_all),
    partner("GET", INVOICE, get, user=True),
    partner("GET", f"{INVOICE}/lineitems/<provider>/<kind>", line_items, user=True),
]

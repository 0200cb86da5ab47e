"""Price sheets: CSV of `api.partner.microsoft.com`."""

from __future__ import annotations

import csv
import io
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from werkzeug import Request, Response

from sandbox.answers import json_response
from sandbox.http import rule
from sandbox.microsoft import tokens
from sandbox.microsoft.addresses import rules_of
from sandbox.microsoft.licences import Licence, all_licences, by_key, currency_of
from sandbox.microsoft.price_list import PriceList, price_list
from sandbox.microsoft.refusal import Refusal, odata
from sandbox.microsoft.times import add_months, midnight, read, stamp

if TYPE_CHECKING:
    from sandbox.world import World

SHEET = re.compile(r"pricesheets\(Market='(\w+)',\s*PricesheetView='(\w+)'\)/\$value")
COLUMNS = [
    "ProductTitle",
    "ProductId",
    "SkuId",
    "SkuTitle",
    "Publisher",
    "SkuDescription",
    "UnitOfMeasure",
    "TermDuration",
    "BillingPlan",
    "Market",
    "Currency",
    "UnitPrice",
    "PricingTierRangeMin",
    "PricingTierRangeMax",
    "EffectiveStartDate",
    "EffectiveEndDate",
    "Tags",
    "ERP Price",
    "Segment",
]
SINCE, FOR_EVER = datetime(2025, 1, 1, tzinfo=UTC), "12/31/9999 11:59:59 PM"
SECOND = timedelta(seconds=1)


def sheet(request: Request, world: World, name: str) -> Response:
    """The licence prices of one market: of now, of a past month, or of next month."""
    try:
        authorization = request.headers.get("Authorization", "")
        tokens.check(authorization, audience=tokens.PARTNER_CENTER)
        content = _content(request, world, name)
    except Refusal as refusal:
        return refusal.response()
    response = Response(content, mimetype="application/octet-stream")
    response.headers["Content-Disposition"] = "attachment; filename=sheets.csv"
    response.headers["Request-ID"] = str(uuid.uuid4())
    response.headers["Cache-Control"] = "private"
    return response


def _content(request: Request, world: World, name: str) -> str:
    match = SHEET.fullmatch(name)
    if not match or match[2].lower() != "updatedlicensebased" or not rules_of(match[1]):
        raise odata(404, "NotFound", "There is no such price sheet.")
    prices = price_list(world)
    start, end = _period(request, prices, world.now())
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for licence in all_licences():
        for since, until in _segments(prices.moments(licence.key), start, end):
            writer.writerows(_rows(prices, licence, match[1].upper(), since, until))
    return out.getvalue()


def _period(request: Request, prices: PriceList, now: datetime) -> tuple[datetime, datetime]:
    """The moments from and to which the sheet is wanted; of now: this very moment."""
    timeline, month = request.args.get("timeline", "current"), request.args.get("month", "")
    this_month = midnight(now.date().replace(day=1))
    following = midnight(add_months(this_month.date(), 1))
    if timeline == "future":
        coming = [at for key in prices.changes for at in prices.moments(key) if at > now]
        if not any(at <= following for at in coming):
            raise odata(404, "NotFound", "There is no price sheet for the future.")
        return following, following
    if timeline != "history":
        return now, now
    if not re.fullmatch(r"20\d\d(0[1-9]|1[0-2])", month):
        raise odata(400, "BadRequest", "The month is missing or malformed: YYYYMM.")
    first = datetime(int(month[:4]), int(month[4:]), 1, tzinfo=UTC)
    if not SINCE <= first < following:
        raise odata(404, "NotFound", "There is no price sheet for this month.")
    return first, midnight(add_months(first.date(), 1)) - SECOND


def _segments(
    changes: list[datetime], start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime | None]]:
    """The stretches of constant prices that touch a period."""
    moments = [SINCE, *(at for at in changes if at > SINCE)]
    for since, until in zip(moments, [*moments[1:], None], strict=True):
        if since <= end and (until is None or until > start):
            yield since, until


def _rows(
    prices: PriceList, licence: Licence, market: str, since: datetime, until: datetime | None
) -> Iterator[list[str]]:
    currency = currency_of(market)
    for term, cycle in licence.plans():
        price = prices.price(licence, term, cycle, currency, since)
        yield [
            licence.title,
            licence.product,
            licence.sku,
            licence.title,
            "Microsoft Corporation",
            licence.description,
            "",
            term,
            cycle,
            market,
            currency,
            str(price.unit),
            "",
            "",
            _written(since),
            _written(until - SECOND) if until else FOR_EVER,
            "License;Trial" if licence.trial else "License",
            str(price.recommended),
            licence.segment.title(),
        ]


def _written(at: datetime) -> str:
    """As the sheet writes it: `1/31/2025 11:59:59 PM`."""
    return f"{at.month}/{at.day}/{at.year} {at.hour % 12 or 12}:{at:%M:%S %p}"


def control(request: Request, world: World) -> Response:
    """Multiply list prices: `{"product:sku": 1.1}` now, `{"factor": 1.1, "from": "2027-01-01"}`
    from that moment on. Terms in force keep their price until they renew."""
    if request.method == "PUT":
        wanted = request.get_json(force=True)
        try:
            factors = {key: _factor(value, world.now()) for key, value in wanted.items()}
        except (TypeError, ValueError, KeyError):
            return json_response(
                {"expected": {"product:sku": {"factor": 1.1, "from": "date"}}}, 400
            )
        unknown = [key for key in factors if key not in by_key()]
        if unknown:
            return json_response({"unknown": unknown}, 400)
        with world.change():
            for key, factor in factors.items():
                known = world.table("prices").get(key, {"factors": []})["factors"]
                kept = [each for each in known if each["from"] != factor["from"]]
                world.table("prices")[key] = {"factors": [*kept, factor]}
    return json_response({key: item["factors"] for key, item in world.table("prices").items()})


def _factor(value: Any, now: datetime) -> dict[str, Any]:
    if not isinstance(value, dict):
        return {"factor": float(value), "from": stamp(now)}
    since = read(str(value["from"])) if "from" in value else now
    return {"factor": float(value["factor"]), "from": stamp(since)}


RULES = [
    rule("GET", "/v1.0/sales/<path:name>", sheet),
    rule("GET PUT", "/_sandbox/prices", control),
]

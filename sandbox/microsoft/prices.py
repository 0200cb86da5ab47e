"""Price sheets: CSV of `api.partner.microsoft.com`."""

from __future__ import annotations

import csv
import io
import re
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING

from werkzeug import Request, Response

from sandbox.answers import json_response
from sandbox.http import rule
from sandbox.microsoft import tokens
from sandbox.microsoft.addresses import rules_of
from sandbox.microsoft.licences import Licence, all_licences, by_key, currency_of, price_of
from sandbox.microsoft.refusal import Refusal, odata

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
SINCE, FOR_EVER = "1/1/2025 12:00:00 AM", "12/31/9999 11:59:59 PM"


def sheet(request: Request, world: World, name: str) -> Response:
    """The licence prices of one market; there is never a sheet for the future."""
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
    if request.args.get("timeline", "current") == "future":
        raise odata(404, "NotFound", "There is no price sheet for the future.")
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for licence in all_licences():
        writer.writerows(_rows(world, licence, match[1].upper()))
    return out.getvalue()


def _rows(world: World, licence: Licence, market: str) -> Iterator[list[str]]:
    currency = currency_of(market)
    for term, cycle in licence.plans():
        price = price_of(world, licence, term, cycle, currency)
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
            SINCE,
            FOR_EVER,
            "License;Trial" if licence.trial else "License",
            str(price.recommended),
            licence.segment.title(),
        ]


def control(request: Request, world: World) -> Response:
    """`{"product:sku": 1.1}`: multiply list prices, so that an order meets a changed price."""
    if request.method == "PUT":
        wanted = request.get_json(force=True)
        unknown = [key for key in wanted if key not in by_key()]
        if unknown:
            return json_response({"unknown": unknown}, 400)
        with world.change():
            for key, factor in wanted.items():
                world.table("prices")[key] = {"factor": float(factor)}
    return json_response({key: item["factor"] for key, item in world.table("prices").items()})


RULES = [
    rule("GET", "/v1.0/sales/<path:name>", sheet),
    rule("GET PUT", "/_sandbox/prices", control),
]

"""Qualifications of a customer: asked for by API, or decided outside of it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from werkzeug import Request, Response
from werkzeug.exceptions import BadRequest

from sandbox.answers import json_response
from sandbox.http import rule
from sandbox.microsoft.casing import text
from sandbox.microsoft.customer_rows import ONE, find
from sandbox.microsoft.door import Call, Reply
from sandbox.microsoft.door import partner as route
from sandbox.microsoft.refusal import Refusal, front
from sandbox.microsoft.times import stamp

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

EDUCATION, GOVERNMENT, STATE_OWNED = "Education", "GovernmentCommunityCloud", "StateOwnedEntity"
NONPROFIT = "Nonprofit"
BY_CONTROL = (EDUCATION, GOVERNMENT, STATE_OWNED, NONPROFIT)
VETTING = ("InReview", "Approved", "Denied")
CODES = 5  # customers that one validation code is good for


def listed(call: Call, customer_id: str) -> Reply:
    """A bare array; vetting ends by itself, `Denied` for a website that contains `denied`."""
    customer = find(call.world, customer_id)
    return Reply([_view(call.world, item) for item in customer["qualifications"]])


def qualified(world: World, customer: Item) -> set[str]:
    """The qualifications that were approved; that of a state-owned entity needs no vetting."""
    return {
        str(item["qualification"])
        for item in customer["qualifications"]
        if _vetting(world, item) in ("Approved", "")
    }


def _vetting(world: World, item: Item) -> str:
    if item["qualification"] == STATE_OWNED:
        return ""
    return str(item["outcome"]) if world.is_past(item["decided_at"]) else "InReview"


def _view(world: World, item: Item) -> Item:
    status = _vetting(world, item)
    shown: Item = {"qualification": item["qualification"]}
    if not status:
        return shown
    shown["vettingStatus"] = status
    if status == "Denied":
        shown["vettingReason"] = item["reason"] or f"Not an {item['qualification']} Customer"
    if status != "Approved":
        shown["vettingCreatedDate"] = item["created_at"]
    return shown


def ask(call: Call, customer_id: str) -> Reply:
    """Ask for a qualification; Microsoft looks at it afterwards."""
    customer, body = find(call.world, customer_id), call.body()
    wanted, website = text(body, "qualification"), text(body, "website").lower()
    if wanted not in (EDUCATION, GOVERNMENT, STATE_OWNED):
        raise front(400, 2000, f"The qualification {wanted} cannot be set.")
    if wanted == EDUCATION:
        segment = text(body, "educationSegment") in ("K12", "HigherEducation")
        if not segment or not website:
            raise front(400, 2000, "Education needs an educationSegment and a website.")
    if wanted == GOVERNMENT:
        _use_code(call, customer, text(body, "validationCode"))
    outcome = "Denied" if "denied" in website else "Approved"
    item = _keep(call.world, customer, wanted, outcome, due=call.world.due("qualification"))
    if wanted == STATE_OWNED:
        return Reply({"qualification": wanted}, 201)
    told = {"vettingStatus": "InReview", "vettingCreateDate": item["created_at"]}
    return Reply({"qualification": wanted, **told}, 201)


def _keep(
    world: World, customer: Item, name: str, outcome: str, *, due: str, reason: str = ""
) -> Item:
    item = {
        "qualification": name,
        "outcome": outcome,
        "reason": reason,
        "created_at": stamp(world.now()),
        "decided_at": due,
    }
    others = [each for each in customer["qualifications"] if each["qualification"] != name]
    # A state-owned entity may be something else as well; otherwise the newest counts.
    kept = [e for e in others if STATE_OWNED in (e["qualification"], name)]
    customer["qualifications"] = [*kept, item]
    return item


def _codes(world: World) -> Item:
    own = world.table("provider")["self"]
    validation_id = str(uuid.uuid5(uuid.NAMESPACE_DNS, own["tenant_id"]))
    used = world.table("settings").get("validation_codes", {"used": 0})["used"]
    return {
        "partnerId": own["tenant_id"],
        "organizationName": own["name"],
        "validationId": validation_id,
        "maxCreates": CODES,
        "remainingCreates": CODES - used,
        "eTag": str(used),
    }


def codes(call: Call) -> Reply:
    """The provider's validation codes for public authorities, a bare array."""
    return Reply([_codes(call.world)])


def _use_code(call: Call, customer: Item, code: str) -> None:
    known = _codes(call.world)
    country = customer["billing"].get("defaultAddress", {}).get("country", "")
    if country.upper() != "US":
        raise front(400, 800070, "Offer isn't available in the specified country/region")
    if code.lower() != known["validationId"] or not known["remainingCreates"]:
        raise front(400, 2000, "The validationCode is missing, unknown or used up.")
    call.world.table("settings")["validation_codes"] = {
        "used": CODES + 1 - known["remainingCreates"]
    }


def control(request: Request, world: World) -> Response:
    """What is decided outside of the API: `customerId`, `qualification` (Nonprofit too), perhaps
    `vettingStatus` (Approved) and `reason`."""
    body: dict[str, Any] = request.get_json(force=True)
    name, outcome = str(body.get("qualification")), str(body.get("vettingStatus", "Approved"))
    if name not in BY_CONTROL or outcome not in VETTING:
        raise BadRequest(f"one of {', '.join(BY_CONTROL)}, and of {', '.join(VETTING)}")
    with world.change():
        try:
            customer = find(world, str(body.get("customerId", "")))
        except Refusal as refusal:
            raise BadRequest("there is no such customer") from refusal
        reason = str(body.get("reason", ""))
        _keep(world, customer, name, outcome, due="", reason=reason)
        return json_response([_view(world, each) for each in customer["qualifications"]])


RULES = [
    route("GET", f"{ONE}/qualifications", listed),
    route("POST", f"{ONE}/qualifications", ask, user=True),
    route("GET", "/v1/customers/all/validations", codes, user=True),
    rule("POST", "/_sandbox/qualifications", control),
]

"""Agreements: the templates, and the provider's word that a customer accepted."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from werkzeug import Request, Response

from sandbox.http import rule
from sandbox.microsoft.casing import text
from sandbox.microsoft.customer_rows import ONE, find
from sandbox.microsoft.door import Call, Reply, collection, partner
from sandbox.microsoft.refusal import front, newer
from sandbox.microsoft.times import read, stamp

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

CLOCK_SKEW = timedelta(minutes=1)
CUSTOMER, CLOUD = "MicrosoftCustomerAgreement", "MicrosoftCloudAgreement"
DOCUMENT = """<!DOCTYPE html><html lang="en"><title>Customer agreement</title>
<h1>Customer agreement</h1><p>The sandbox has no contract to show; Microsoft's stands here.</p>"""
TEMPLATES = {
    CUSTOMER: ("117a77b0-9360-443b-8795-c6dedc750cf9", "https://aka.ms/customeragreement"),
    CLOUD: ("998b88de-aa99-4388-a42c-1b3517d49490", "https://learn.microsoft.com/partner-center"),
}


def rank(world: World, at: datetime) -> int:
    """The version of the customer agreement that is in force at a moment; the first is 0."""
    versions = world.table("agreement_versions").values()
    return sum(read(each["from"]) <= at for each in versions)


def has_accepted(world: World, customer_id: str) -> bool:
    """Whether the customer agreement is there, in the version of today."""
    known = (world.table(name).get(customer_id) for name in ("agreements", "signed"))
    wanted = rank(world, world.now())
    return any(each.get("rank", 0) >= wanted for each in known if each)


def publish(world: World, since: datetime) -> None:
    """A new version: from then on every customer has to accept again."""
    with world.change():
        versions = world.table("agreement_versions")
        versions[str(len(versions) + 1)] = {"from": stamp(since)}


def sign(world: World, customer_id: str) -> None:
    """The customer signs at Microsoft himself."""
    with world.change():
        world.table("signed")[customer_id] = {"rank": rank(world, world.now())}


def keep(world: World, customer_id: str, contact: Item, agreed: datetime) -> Item:
    """Keep that a customer accepted, inside a change."""
    kept = {
        "primaryContact": contact,
        "templateId": TEMPLATES[CUSTOMER][0],
        "dateAgreed": stamp(agreed),
        "type": CUSTOMER,
        "rank": rank(world, agreed),
    }
    world.table("agreements")[customer_id] = kept
    return kept


def metadata(call: Call) -> Reply:
    """The templates of one type; without a type only the old agreement, as the live service."""
    asked = call.query("agreementType") or CLOUD
    kinds = list(TEMPLATES) if asked == "*" else [k for k in TEMPLATES if k == asked]
    items = [
        {
            "templateId": TEMPLATES[kind][0],
            "agreementType": kind,
            "agreementLink": TEMPLATES[kind][1],
            "versionRank": rank(call.world, call.world.now()) if kind == CUSTOMER else 0,
        }
        for kind in kinds
    ]
    return Reply(collection(items, "" if call.query("agreementType") else "/agreements"))


def document(call: Call, template_id: str) -> Reply:
    """Links to the text, good for five minutes."""
    if template_id not in [known for known, _ in TEMPLATES.values()]:
        raise front(404, 1000, "Not found")
    language = call.query("language") or "en-US"
    base = f"{call.world.origin}/agreements/{template_id}/{language}"
    return Reply(
        {
            "displayUri": f"{base}/preview",
            "downloadUri": f"{base}/download",
            "language": language,
            "country": call.query("country") or "US",
        }
    )


def read_document(
    request: Request, world: World, template_id: str, language: str, kind: str
) -> Response:
    """What stands behind those links here: a page that says so."""
    return Response(DOCUMENT, mimetype="text/html")


def attest(call: Call, customer_id: str) -> Reply:
    """The provider says who accepted, and when; once."""
    customer, body = find(call.world, customer_id), call.body()
    contact = _checked(call.world, body)
    if has_accepted(call.world, customer["id"]):
        told = "A partner confirmed agreement already exists for the customer."
        raise newer(400, 600061, told, "PartnerConfirmedAgreementAlreadyExists")
    agreed = read(text(body, "dateAgreed"))
    if rank(call.world, agreed) < rank(call.world, call.world.now()):
        raise front(400, 2000, "The date is that of an older version of the agreement.")
    kept = keep(call.world, customer["id"], contact, agreed)
    shown = {**_shown(kept), "dateAgreed": text(body, "dateAgreed")}
    return Reply({"userId": str(uuid.uuid4()), **shown}, 201)


def _shown(kept: Item) -> Item:
    return {name: value for name, value in kept.items() if name != "rank"}


def _checked(world: World, body: dict[str, Any]) -> Item:
    contact = body.get("primaryContact", {})
    names = ("firstName", "lastName", "email", "phoneNumber")
    if not all(text(contact, name) for name in names[:3]):
        raise front(400, 2000, "The primary contact needs a first name, a last name and an email.")
    if text(body, "templateId") != TEMPLATES[CUSTOMER][0] or text(body, "type") != CUSTOMER:
        raise front(400, 2000, "The template is not that of the agreement's type.")
    try:
        is_future = read(text(body, "dateAgreed")) > world.now() + CLOCK_SKEW
    except ValueError:
        is_future = True
    if is_future:
        raise front(400, 2000, "The date of the agreement must not lie in the future.")
    return {name: text(contact, name) for name in names if text(contact, name)}


def of_customer(call: Call, customer_id: str) -> Reply:
    """What was attested; only with the type in the query."""
    customer = find(call.world, customer_id)
    kept = call.world.table("agreements").get(customer["id"])
    shown = call.query("agreementType") in (CUSTOMER, "*") and kept is not None
    at = {"agreementLink": TEMPLATES[CUSTOMER][1]}
    items = (
        [{**_shown(kept), **at, "dateAgreed": kept["dateAgreed"][:19]}] if shown and kept else []
    )
    return Reply({"totalCount": len(items), "items": items})


def direct_signed(call: Call, customer_id: str) -> Reply:
    """Whether the customer signed at Microsoft himself: see the control API."""
    customer = find(call.world, customer_id)
    return Reply({"isSigned": customer["id"] in call.world.table("signed")})


RULES = [
    rule("GET", "/agreements/<template_id>/<language>/<kind>", read_document),
    partner("GET", "/v1/agreements", metadata, user=True),
    partner("GET", "/v1/agreementtemplates/<template_id>/document", document, user=True),
    partner("POST", f"{ONE}/agreements", attest, user=True),
    partner("GET", f"{ONE}/agreements", of_customer, user=True),
    partner("GET", f"{ONE}/directSignedMicrosoftCustomerAgreementStatus", direct_signed, user=True),
]

"""The provider's own profiles, and what it may ask about its indirect resellers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.microsoft.door import Call, Reply, collection, link, partner
from sandbox.microsoft.refusal import front

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

GUIDE = "https://partner.microsoft.com/resources/detail/migrate-pmc-pc-mpa-guide-pptx"
DEFAULTS = {
    "name": "Partner",
    "region": "EU",
    "location": "FR",
    "agreement_signed": True,
    "indirect_reseller": True,
    "suspended": False,
    "related": True,
}


def put(world: World, item: Item) -> None:
    """Add a partner, or change the members given of the one with that `mpn_id`."""
    partners = world.table("partners")
    mpn_id = str(item["mpn_id"])
    tenant = f"aaaaaaaa-0000-4000-8000-{mpn_id:0>12}"
    known = partners.get(mpn_id, {**DEFAULTS, "tenant_id": tenant})
    partners[mpn_id] = {**known, **item, "mpn_id": mpn_id}


def by_tenant(world: World, tenant_id: str) -> Item | None:
    """The partner whose tenant this is."""
    wanted = tenant_id.lower()
    partners = world.table("partners").values()
    return next((p for p in partners if p["tenant_id"] == wanted), None)


def resellers_of(customer: Item) -> list[str]:
    """The tenants of the indirect resellers attached to a customer, the first one first."""
    tenants = (customer["associated_partner_id"], *customer.get("other_resellers", []))
    return [tenant for tenant in tenants if tenant]


def check_of_record(world: World, mpn_id: str) -> None:
    """May this partner be the transaction reseller of a sale?

    Raises:
        Refusal: 404 800015, 400 800016, 900154 or 2201, 403 900123.
    """
    found = world.table("partners").get(mpn_id)
    if not found:
        raise front(404, 800015, f"PartnerID {mpn_id} isn't found")
    if not found["indirect_reseller"]:
        raise front(400, 800016, "PartnerID isn't a valid Indirect Reseller")
    if found["region"] != _region(world):
        raise front(400, 2201, f"MPN Id {mpn_id} belongs to another CSP region.")
    if not found["agreement_signed"]:
        raise front(403, 900123, "The reseller has not signed the Microsoft Partner Agreement.")
    if found["suspended"] or not found["related"]:
        text = "The partner location account is not linked to an active CSP indirect reseller."
        raise front(400, 900154, text)


def profile(call: Call) -> Reply:
    """The own MPN profile, or that of the partner with `mpnId`."""
    wanted = call.query("mpnId")
    own = call.world.table("provider")["self"]
    body: dict[str, Any] = {"mpnId": wanted or own["mpn_id"], "profileType": "MpnProfile"}
    if wanted and wanted != own["mpn_id"]:
        found = call.world.table("partners").get(wanted)
        if not found:
            text = f"Partner Organization with partner_id {wanted} could not be found"
            raise front(404, 3000, text)
        body = {"partnerName": found["name"], **body}
    elif wanted:
        body = {"partnerName": own["name"], **body}
    return Reply(
        {
            **body,
            "links": {"self": link("/profiles/mpn")},
            "attributes": {"objectType": "MpnProfile"},
        }
    )


def business_profile(call: Call, kind: str) -> Reply:
    """The legal business, organization, billing or support profile."""
    names = {
        "legalbusiness": "LegalBusinessProfile",
        "organization": "OrganizationProfile",
        "billing": "BillingProfile",
        "support": "SupportProfile",
    }
    if kind not in names:
        raise front(404, 1000, "Not found")
    own = call.world.table("provider")["self"]
    return Reply(
        {
            "companyName": own["name"],
            "address": own["address"],
            "billingCurrency": "EUR",
            "vettingStatus": "authorized",
            "profileType": names[kind],
            "links": {"self": link(f"/profiles/{kind}")},
            "attributes": {"objectType": names[kind]},
        }
    )


def agreement_status(call: Call) -> Reply:
    """Whether a reseller has signed the partner agreement, by `mpnId` or by `tenantId`."""
    mpn_id, tenant_id = call.query("mpnId"), call.query("tenantId")
    source = "PartnerApiServiceControllers"
    if mpn_id and tenant_id:
        raise front(400, 2000, "Give either an MPN Id or a tenant Id.", source=source)
    if not mpn_id and not tenant_id:
        raise front(400, 2001, "Either an MPN Id or a tenant Id is needed.", source=source)
    if mpn_id and not mpn_id.isdecimal():
        raise front(400, 2000, "MPN Id must be numeric.", source=source)
    found = _found_or_refused(call.world, mpn_id, tenant_id)
    named = mpn_id or tenant_id
    if found["region"] != _region(call.world):
        raise front(400, 2201, f"{named} is not in your CSP region.", GUIDE)
    if not found["indirect_reseller"]:
        raise front(400, 2204, f"{named} has no CSP indirect reseller account.", GUIDE)
    if not found["agreement_signed"]:
        code = 2203 if mpn_id else 2206
        raise front(400, code, f"{named} has not signed the Microsoft Partner Agreement.", GUIDE)
    return Reply({"isAgreementSigned": True})


def _found_or_refused(world: World, mpn_id: str, tenant_id: str) -> Item:
    found = world.table("partners").get(mpn_id) if mpn_id else by_tenant(world, tenant_id)
    if found:
        return found
    if mpn_id:
        text = f"Requested MPN Id {mpn_id} is either invalid or does not exist in Partner Center."
        raise front(400, 2200, text, GUIDE)
    raise front(400, 2205, f"Requested tenant {tenant_id} does not exist.", GUIDE)


def relationships(call: Call) -> Reply:
    """The indirect resellers of this provider."""
    related = [p for p in call.world.table("partners").values() if p["related"]]
    return Reply(collection([relationship(p) for p in related]))


def relationship(found: Item, *, with_state: bool = True) -> Item:
    """A reseller as an item of a list of relationships."""
    state = {"state": "Suspended" if found["suspended"] else "Active"} if with_state else {}
    return {
        "id": found["tenant_id"],
        "name": found["name"],
        "relationshipType": "is_indirect_cloud_solution_provider_of",
        **state,
        "mpnId": found["mpn_id"],
        **({"location": found["location"]} if with_state else {}),
        "attributes": {"objectType": "PartnerRelationship"},
    }


def validate_resellers(call: Call) -> Reply:
    """Who may be partner of record; refusals stand inside the 200."""
    wanted = call.body().get("partnerIds")
    if not isinstance(wanted, list) or not wanted:
        raise front(400, 800002, "Invalid request input")
    return Reply({"validationResults": [_validated(call.world, str(each)) for each in wanted]})


def _validated(world: World, mpn_id: str) -> Item:
    found = world.table("partners").get(mpn_id)
    result: Item = {"partnerId": mpn_id, "isValidPartnerIdOnRecord": True}
    if not found or not found["indirect_reseller"]:
        result |= {
            "isValidPartnerIdOnRecord": False,
            "errorCode": 900400,
            "errorDescription": "The PLA ID (formerly MPN ID) has no active reseller tenant.",
        }
    elif found["suspended"] or not found["related"] or found["region"] != _region(world):
        result |= {
            "isValidPartnerIdOnRecord": False,
            "errorCode": 900414,
            "errorDescription": "The indirect reseller is not authorized for this transaction.",
        }
    return result


def _region(world: World) -> str:
    return str(world.table("provider")["self"]["region"])


RULES = [
    partner("GET", "/v1/profiles/mpn", profile, user=True),
    partner("GET", "/v1/profiles/<kind>", business_profile, user=True),
    partner("GET", "/v1/compliance/csp/agreementstatus", agreement_status, user=True),
    partner("GET", "/v1/relationships", relationships, user=True),
    partner("POST", "/v1/partners/validateresellers", validate_resellers),
]

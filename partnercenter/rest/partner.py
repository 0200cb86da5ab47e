"""The provider, its resellers, and what is checked before a tenant exists."""

from collections.abc import Sequence
from urllib.parse import quote

from common.errors import NotFound, Refused
from partnercenter.base.partner import PartnerCalls
from partnercenter.request import json_bytes
from partnercenter.rest.calls import Calls
from partnercenter.types import (
    Address,
    AddressCheck,
    CountryRules,
    IndirectReseller,
    PartnerCheck,
    PartnerProfile,
)
from partnercenter.wire import each, flag


class RestPartnerCalls(Calls, PartnerCalls):
    """`PartnerCalls` over REST."""

    def own_profile(self, *, timeout: float | None = None) -> PartnerProfile:
        return PartnerProfile.parse(self._get("/v1/profiles/mpn", timeout=timeout))

    def partner_profile(self, *, mpn_id: str, timeout: float | None = None) -> PartnerProfile:
        path = f"/v1/profiles/mpn?mpnId={quote(mpn_id, safe='')}"
        return PartnerProfile.parse(self._get(path, timeout=timeout))

    def agreement_status(self, *, mpn_id: str, timeout: float | None = None) -> bool:
        path = f"/v1/compliance/csp/agreementstatus?mpnId={quote(mpn_id, safe='')}"
        return flag(self._get(path, timeout=timeout), "isAgreementSigned")

    def indirect_resellers(self, *, timeout: float | None = None) -> list[IndirectReseller]:
        path = "/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf"
        return [IndirectReseller.parse(item) for item in self._list(path, timeout=timeout)]

    def validate_partners(
        self, *, mpn_ids: Sequence[str], timeout: float | None = None
    ) -> list[PartnerCheck]:
        body = json_bytes({"partnerIds": list(mpn_ids)})
        value = self._post_question("/v1/partners/validateresellers", body, timeout)
        return list(each(value.get("validationResults"), PartnerCheck.parse))

    def domain_is_taken(self, *, prefix: str, timeout: float | None = None) -> bool:
        path = f"/v1/domains/{quote(prefix, safe='')}.onmicrosoft.com"
        try:
            self._session.read(path, method="HEAD", acts_as="app", timeout=timeout)
        except NotFound:
            return False
        return True

    def validate_address(self, *, address: Address, timeout: float | None = None) -> AddressCheck:
        body = json_bytes(address.written())
        try:
            value = self._post_question("/v1/validations/address", body, timeout)
        except Refused as refusal:
            if refusal.code != "2007":
                raise
            return AddressCheck.parse_refusal(refusal.detail)
        return AddressCheck.parse(value)

    def country_rules(self, *, country: str, timeout: float | None = None) -> CountryRules:
        path = f"/v1/countryvalidationrules/{quote(country, safe='')}"
        return CountryRules.parse(self._get(path, acts_as="app", timeout=timeout))

"""Partners, and what is checked before a tenant exists."""

import pytest

from common.errors import NotFound, Refused
from partnercenter import PartnerCenter
from tests.contracts.partner_center.ground import ADDRESS, Ground, new_id


class PartnerStories(Ground):
    """Who a reseller is, and whether a name and an address are good."""

    def test_the_provider_knows_itself(self, client: PartnerCenter) -> None:
        assert client.own_profile().mpn_id.isdecimal()

    def test_a_partner_id_is_known_by_name(self, client: PartnerCenter) -> None:
        profile = client.partner_profile(mpn_id=self.MPN_ID)
        assert profile.name
        assert profile.mpn_id == self.MPN_ID
        with pytest.raises(NotFound) as raised:
            client.partner_profile(mpn_id="9999999")
        assert (raised.value.code, raised.value.field) == ("3000", "mpn_id")

    def test_a_reseller_has_signed(self, client: PartnerCenter) -> None:
        assert client.agreement_status(mpn_id=self.MPN_ID) is True

    @pytest.mark.parametrize(
        ("mpn_id", "code"),
        [("12a", "2000"), ("9999999", "2200"), ("5550002", "2201"), ("5550003", "2204")],
    )
    def test_an_unfit_reseller_is_refused(
        self, client: PartnerCenter, mpn_id: str, code: str
    ) -> None:
        with pytest.raises(Refused) as raised:
            client.agreement_status(mpn_id=mpn_id)
        assert (raised.value.code, raised.value.field) == (code, "mpn_id")

    def test_an_unsigned_reseller_is_not_signed(self, client: PartnerCenter) -> None:
        try:
            signed = client.agreement_status(mpn_id=self.UNSIGNED)
        except Refused as refusal:
            signed = refusal.code not in ("2203", "2206")
        assert signed is False

    def test_resellers_are_in_the_providers_relationships(self, client: PartnerCenter) -> None:
        found = {reseller.mpn_id: reseller for reseller in client.indirect_resellers()}
        assert found[self.MPN_ID].tenant_id == self.RESELLER_TENANT
        assert found[self.MPN_ID].is_active

    def test_partners_of_record_are_validated_together(self, client: PartnerCenter) -> None:
        good, bad = client.validate_partners(mpn_ids=[self.MPN_ID, self.SUSPENDED])
        assert good.is_valid
        assert not bad.is_valid
        assert bad.code in ("900400", "900414")
        assert bad.message

    def test_a_domain_is_free_until_it_is_taken(self, client: PartnerCenter, prefix: str) -> None:
        assert client.domain_is_taken(prefix=prefix, timeout=60) is False
        client.create_customer(self.customer(prefix), request_id=new_id())
        assert client.domain_is_taken(prefix=prefix, timeout=60) is True

    def test_an_address_is_judged(self, client: PartnerCenter) -> None:
        assert client.validate_address(address=ADDRESS, timeout=60).is_good
        assert client.country_rules(country="FR").country == "FR"
        with pytest.raises(Refused):
            client.country_rules(country="XX")

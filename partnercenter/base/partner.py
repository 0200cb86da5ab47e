"""What may be asked about the provider, its resellers, and before a tenant exists."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from partnercenter.types import (
    Address,
    AddressCheck,
    CountryRules,
    IndirectReseller,
    PartnerCheck,
    PartnerProfile,
)


class PartnerCalls(ABC):
    """`timeout` is in seconds; a live check for a person passes 3."""

    @abstractmethod
    def own_profile(self, *, timeout: float | None = None) -> PartnerProfile:
        """The provider's own Partner id."""

    @abstractmethod
    def partner_profile(self, *, mpn_id: str, timeout: float | None = None) -> PartnerProfile:
        """Who holds this Partner (MPN) id. Raises NotFound (3000)."""

    @abstractmethod
    def agreement_status(self, *, mpn_id: str, timeout: float | None = None) -> bool:
        """Whether the Microsoft Partner Agreement is signed, in the provider's region.

        Raises Refused: 2000 malformed, 2200 unknown, 2201 other region, 2203 not signed,
        2204 no indirect reseller.
        """

    @abstractmethod
    def indirect_resellers(self, *, timeout: float | None = None) -> list[IndirectReseller]:
        """The resellers in the provider's relationships. Raises Misconfigured (1002)."""

    @abstractmethod
    def validate_partners(
        self, *, mpn_ids: Sequence[str], timeout: float | None = None
    ) -> list[PartnerCheck]:
        """Whether each id may stand as partner of record."""

    @abstractmethod
    def domain_is_taken(self, *, prefix: str, timeout: float | None = None) -> bool:
        """Whether `prefix.onmicrosoft.com` exists. Free is not a reservation."""

    @abstractmethod
    def validate_address(self, *, address: Address, timeout: float | None = None) -> AddressCheck:
        """Microsoft's opinion of an address."""

    @abstractmethod
    def country_rules(self, *, country: str, timeout: float | None = None) -> CountryRules:
        """What a country (ISO 3166-1 alpha-2) asks of an address. Raises NotFound."""

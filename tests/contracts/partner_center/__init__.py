"""What every `PartnerCenter` must do, whatever is behind it.

Subclass `PartnerCenterContract` as `Test...`; say how to `make` a client of a Microsoft that is
empty but for its partners, and how a customer's administrator `approve`s.
"""

from tests.contracts.partner_center.customers import CustomerStories
from tests.contracts.partner_center.lifecycle import LifecycleStories
from tests.contracts.partner_center.partners import PartnerStories
from tests.contracts.partner_center.tenant import TenantStories


class PartnerCenterContract(PartnerStories, CustomerStories, LifecycleStories, TenantStories):
    """All stories."""

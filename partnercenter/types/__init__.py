"""What Microsoft tells us, as frozen values in our words."""

from partnercenter.types.addresses import Address, AddressCheck, CountryRules
from partnercenter.types.agreements import (
    MICROSOFT_CUSTOMER_AGREEMENT,
    Agreement,
    AgreementDocument,
    AgreementTemplate,
    Grant,
)
from partnercenter.types.catalogue import Availability, PriceRow, Product, Refund, Sku, Term
from partnercenter.types.customers import (
    BillingProfile,
    CreatedCustomer,
    Customer,
    Qualification,
    ValidationStatus,
)
from partnercenter.types.domains import DnsRecord, Domain
from partnercenter.types.gdap import AccessAssignment, Gdap
from partnercenter.types.orders import (
    Cart,
    CartLine,
    Checkout,
    LineError,
    LineProvisioning,
    Order,
    OrderLine,
    Pricing,
    WantedLine,
)
from partnercenter.types.partner import IndirectReseller, PartnerCheck, PartnerProfile
from partnercenter.types.subscriptions import (
    Batch,
    SubscribedSku,
    Subscription,
    SubscriptionChange,
    SubscriptionProvisioning,
)
from partnercenter.types.users import DirectoryRole, RoleMember, User

__all__ = [
    "MICROSOFT_CUSTOMER_AGREEMENT",
    "AccessAssignment",
    "Address",
    "AddressCheck",
    "Agreement",
    "AgreementDocument",
    "AgreementTemplate",
    "Availability",
    "Batch",
    "BillingProfile",
    "Cart",
    "CartLine",
    "Checkout",
    "CountryRules",
    "CreatedCustomer",
    "Customer",
    "DirectoryRole",
    "DnsRecord",
    "Domain",
    "Gdap",
    "Grant",
    "IndirectReseller",
    "LineError",
    "LineProvisioning",
    "Order",
    "OrderLine",
    "PartnerCheck",
    "PartnerProfile",
    "PriceRow",
    "Pricing",
    "Product",
    "Qualification",
    "Refund",
    "RoleMember",
    "Sku",
    "SubscribedSku",
    "Subscription",
    "SubscriptionChange",
    "SubscriptionProvisioning",
    "Term",
    "User",
    "ValidationStatus",
    "WantedLine",
]

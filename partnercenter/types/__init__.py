"""What Microsoft tells us, as frozen values in our words."""

from partnercenter.types.addresses import (
    Address,
    AddressCheck,
    CountryRules,
)
from partnercenter.types.agreements import (
    MICROSOFT_CUSTOMER_AGREEMENT,
    Agreement,
    AgreementDocument,
    AgreementTemplate,
    Grant,
)
from partnercenter.types.audit import (
    AuditRecord,
)
from partnercenter.types.carts import (
    Cart,
    CartLine,
    LineError,
    Pricing,
    WantedLine,
)
from partnercenter.types.catalogue import (
    Availability,
    PriceRow,
    Product,
    Sku,
    Term,
)
from partnercenter.types.customers import (
    BillingProfile,
    CreatedCustomer,
    Customer,
    ValidationStatus,
)
from partnercenter.types.domains import (
    DnsRecord,
    Domain,
)
from partnercenter.types.gdap import (
    AccessAssignment,
    Gdap,
)
from partnercenter.types.orders import (
    Checkout,
    LineProvisioning,
    Order,
    OrderLine,
)
from partnercenter.types.partner import (
    IndirectReseller,
    PartnerCheck,
    PartnerProfile,
)
from partnercenter.types.promotions import (
    PricingPolicy,
    PromotedProduct,
    Promotion,
    PromotionChoice,
    PromotionEligibility,
    PromotionError,
)
from partnercenter.types.qualifications import Qualification, ValidationCode
from partnercenter.types.renewals import EndChoice, NextTerm, Renewal, ScheduledAction
from partnercenter.types.seats import (
    SubscribedSku,
)
from partnercenter.types.subscriptions import (
    Batch,
    RefundOption,
    Subscription,
    SubscriptionChange,
    SubscriptionProvisioning,
)
from partnercenter.types.told import (
    Told,
)
from partnercenter.types.transitions import (
    CustomTermEnd,
    Transition,
    TransitionEvent,
    TransitionOption,
    TransitionSubscription,
    TransitionTarget,
)
from partnercenter.types.users import (
    DirectoryRole,
    RoleMember,
    User,
)
from partnercenter.types.webhooks import (
    MicrosoftEvent,
    WebhookAttempt,
    WebhookRegistration,
    WebhookTest,
)

__all__ = [
    "MICROSOFT_CUSTOMER_AGREEMENT",
    "AccessAssignment",
    "Address",
    "AddressCheck",
    "Agreement",
    "AgreementDocument",
    "AgreementTemplate",
    "AuditRecord",
    "Availability",
    "Batch",
    "BillingProfile",
    "Cart",
    "CartLine",
    "Checkout",
    "CountryRules",
    "CreatedCustomer",
    "CustomTermEnd",
    "Customer",
    "DirectoryRole",
    "DnsRecord",
    "Domain",
    "EndChoice",
    "Gdap",
    "Grant",
    "IndirectReseller",
    "LineError",
    "LineProvisioning",
    "MicrosoftEvent",
    "NextTerm",
    "Order",
    "OrderLine",
    "PartnerCheck",
    "PartnerProfile",
    "PriceRow",
    "Pricing",
    "PricingPolicy",
    "Product",
    "PromotedProduct",
    "Promotion",
    "PromotionChoice",
    "PromotionEligibility",
    "PromotionError",
    "Qualification",
    "RefundOption",
    "Renewal",
    "RoleMember",
    "ScheduledAction",
    "Sku",
    "SubscribedSku",
    "Subscription",
    "SubscriptionChange",
    "SubscriptionProvisioning",
    "Term",
    "Told",
    "Transition",
    "TransitionEvent",
    "TransitionOption",
    "TransitionSubscription",
    "TransitionTarget",
    "User",
    "ValidationCode",
    "ValidationStatus",
    "WantedLine",
    "WebhookAttempt",
    "WebhookRegistration",
    "WebhookTest",
]

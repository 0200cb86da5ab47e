"""Licence groups (tenants): whom they belong to, their contact, agreement, GDAP, credentials."""

from tenants.models.agreements import Agreement
from tenants.models.credentials import CREDENTIAL_LIFE, Credential
from tenants.models.gdap import Gdap, GdapState
from tenants.models.holds import Hold, HoldReason
from tenants.models.tenants import Tenant, TenantState

__all__ = [
    "CREDENTIAL_LIFE",
    "Agreement",
    "Credential",
    "Gdap",
    "GdapState",
    "Hold",
    "HoldReason",
    "Tenant",
    "TenantState",
]

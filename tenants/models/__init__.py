"""Licence groups (tenants): whom they belong to, their contact, agreement, GDAP, credentials."""

from tenants.models.agreements import Agreement
from tenants.models.credentials import CREDENTIAL_LIFE, Credential
from tenants.models.delegation import Delegation, DelegationQuerySet, DelegationState
from tenants.models.gdap import ENDED, GRANTED, Gdap, GdapState
from tenants.models.holds import Hold, HoldReason
from tenants.models.qualifications import EducationKind, Qualification, QualificationState
from tenants.models.switching import SeatCount, SwitchStep, Tick
from tenants.models.tenants import Tenant, TenantState
from tenants.models.terms import SpecialTerms, TermsAcceptance
from tenants.models.use import LicenceUse

__all__ = [
    "CREDENTIAL_LIFE",
    "ENDED",
    "GRANTED",
    "Agreement",
    "Credential",
    "Delegation",
    "DelegationQuerySet",
    "DelegationState",
    "EducationKind",
    "Gdap",
    "GdapState",
    "Hold",
    "HoldReason",
    "LicenceUse",
    "Qualification",
    "QualificationState",
    "SeatCount",
    "SpecialTerms",
    "SwitchStep",
    "Tenant",
    "TenantState",
    "TermsAcceptance",
    "Tick",
]

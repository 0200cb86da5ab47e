"""Licence groups (tenants): whom they belong to, their contact, agreement, GDAP, credentials."""

from tenants.models.agreements import Agreement
from tenants.models.credentials import CREDENTIAL_LIFE, Credential
from tenants.models.gdap import Gdap, GdapState
from tenants.models.qualifications import EducationKind, Qualification, QualificationState
from tenants.models.tenants import Tenant, TenantState
from tenants.models.terms import SpecialTerms, TermsAcceptance

__all__ = [
    "CREDENTIAL_LIFE",
    "Agreement",
    "Credential",
    "EducationKind",
    "Gdap",
    "GdapState",
    "Qualification",
    "QualificationState",
    "SpecialTerms",
    "Tenant",
    "TenantState",
    "TermsAcceptance",
]

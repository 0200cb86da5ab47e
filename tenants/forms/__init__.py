"""Forms of licence groups and of delegations."""

from tenants.forms.agreement import AgreementForm
from tenants.forms.delegation import DelegationForm, ValidateForm
from tenants.forms.qualifications import QualificationForm
from tenants.forms.service import PartnerForm, RenameForm, ResetForm

__all__ = [
    "AgreementForm",
    "DelegationForm",
    "PartnerForm",
    "QualificationForm",
    "RenameForm",
    "ResetForm",
    "ValidateForm",
]

"""Agreements: the customer's with Microsoft, and the application's consent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from partnercenter.types.told import Told
from partnercenter.wire import Members, ident, member, moment, text, whole

MICROSOFT_CUSTOMER_AGREEMENT: Final = "MicrosoftCustomerAgreement"


@dataclass(frozen=True, slots=True)
class AgreementTemplate(Told):
    """A version of an agreement that customers accept."""

    template_id: str
    agreement_type: str
    link: str
    version_rank: int

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            template_id=ident(value, "templateId"),
            agreement_type=text(value, "agreementType"),
            link=text(value, "agreementLink"),
            version_rank=whole(value, "versionRank"),
            members=value,
        )


@dataclass(frozen=True, slots=True)
class AgreementDocument(Told):
    """Where the text of an agreement is, for five minutes."""

    display_url: str
    download_url: str
    language: str
    country: str

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            display_url=text(value, "displayUri"),
            download_url=text(value, "downloadUri"),
            language=text(value, "language"),
            country=text(value, "country"),
            members=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Told):
    """An attestation that a person at the customer's accepted an agreement."""

    template_id: str
    agreement_type: str
    agreed_at: datetime | None
    first_name: str
    last_name: str
    email: str

    @classmethod
    def parse(cls, value: Members) -> Self:
        contact = member(value, "primaryContact")
        return cls(
            template_id=ident(value, "templateId"),
            agreement_type=text(value, "type"),
            agreed_at=moment(value, "dateAgreed"),
            first_name=text(contact, "firstName"),
            last_name=text(contact, "lastName"),
            email=text(contact, "email"),
            members=value,
        )


@dataclass(frozen=True, slots=True)
class Grant:
    """Scopes of one of Microsoft's applications that ours may use in a customer's tenant."""

    application_id: str
    scopes: tuple[str, ...]

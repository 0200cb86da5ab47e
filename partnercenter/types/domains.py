"""Domains of a tenant and the DNS records Microsoft asks for."""

from dataclasses import dataclass
from typing import Final, Self

from partnercenter.types.told import Told
from partnercenter.wire import Members, flag, text, texts, whole

EMAIL: Final = "Email"
SKYPE: Final = "OfficeCommunicationsOnline"
INTUNE: Final = "Intune"


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain(Told):
    """A domain in a tenant's directory."""

    id: str
    """Its name, lower-case."""
    is_verified: bool
    is_default: bool
    is_initial: bool
    supported_services: tuple[str, ...]

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            id=text(value, "id").lower(),
            is_verified=flag(value, "isVerified"),
            is_default=flag(value, "isDefault"),
            is_initial=flag(value, "isInitial"),
            supported_services=texts(value, "supportedServices"),
            members=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DnsRecord(Told):
    """A record as Microsoft states it, unchecked; which members count depends on the type."""

    label: str
    """The full name, `autodiscover.contoso.com`."""
    record_type: str
    """`Txt`, `Mx`, `CName`, `Srv`; `Unavailable` while Microsoft is still preparing."""
    ttl: int
    supported_service: str
    is_optional: bool
    text: str = ""
    mail_exchange: str = ""
    preference: int = 0
    canonical_name: str = ""
    name_target: str = ""
    port: int = 0
    priority: int = 0
    weight: int = 0
    protocol: str = ""
    service: str = ""

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            label=text(value, "label"),
            record_type=text(value, "recordType") or _typed(text(value, "@odata.type")),
            ttl=whole(value, "ttl"),
            supported_service=text(value, "supportedService"),
            is_optional=flag(value, "isOptional"),
            text=text(value, "text"),
            mail_exchange=text(value, "mailExchange"),
            preference=whole(value, "preference"),
            canonical_name=text(value, "canonicalName"),
            name_target=text(value, "nameTarget"),
            port=whole(value, "port"),
            priority=whole(value, "priority"),
            weight=whole(value, "weight"),
            protocol=text(value, "protocol"),
            service=text(value, "service"),
            members=value,
        )


def _typed(odata_type: str) -> str:
    """`#microsoft.graph.domainDnsMxRecord` → `Mx`."""
    name = odata_type.rsplit(".", 1)[-1]
    return name.removeprefix("domainDns").removesuffix("Record").capitalize().replace("Cn", "CN")

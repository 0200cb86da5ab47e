"""Microsoft's answers about a domain, as its client parses them."""

from typing import Any

from partnercenter.types import DnsRecord


def told(label: str, record_type: str, ticked: str = "Email", /, **values: Any) -> DnsRecord:
    return DnsRecord(
        label=label,
        record_type=record_type,
        ttl=values.pop("ttl", 3600),
        supported_service=ticked,
        is_optional=False,
        **values,
    )


def all_services(domain: str) -> list[DnsRecord]:
    """What a worldwide tenant of today is told."""
    skype = "OfficeCommunicationsOnline"
    return [
        told(domain, "Mx", mail_exchange="contoso-com.o-v1.mx.microsoft", preference=0),
        told(domain, "Txt", text="v=spf1 include:spf.protection.outlook.com -all"),
        told(f"autodiscover.{domain}", "CName", canonical_name="autodiscover.outlook.com"),
        told(f"sip.{domain}", "CName", skype, canonical_name="sipdir.online.lync.com"),
        told(f"lyncdiscover.{domain}", "CName", skype, canonical_name="webdir.online.lync.com"),
        _srv(domain, "_sip", "_tls", 443, "sipdir.online.lync.com"),
        _srv(domain, "_sipfederationtls", "_tcp", 5061, "sipfed.online.lync.com"),
        told(
            f"enterpriseregistration.{domain}",
            "CName",
            "Intune",
            canonical_name="enterpriseregistration.windows.net",
        ),
        told(
            f"enterpriseenrollment.{domain}",
            "CName",
            "Intune",
            canonical_name="enterpriseenrollment-s.manage.microsoft.com",
        ),
    ]


def _srv(domain: str, service: str, protocol: str, port: int, target: str) -> DnsRecord:
    return told(
        f"{service}.{protocol}.{domain}",
        "Srv",
        "OfficeCommunicationsOnline",
        service=service,
        protocol=protocol,
        port=port,
        priority=100,
        weight=1,
        name_target=target,
    )

"""Graph's domains as a scripted Microsoft tells them: what a real one does only on bad days."""

import json
from typing import Any

import httpx

from partnercenter.types import DnsRecord
from tests.dnsconfig.told import all_services
from tests.partnercenter.microsoft import Microsoft, Told

KINDS = {"Txt": "Txt", "Mx": "Mx", "CName": "Cname", "Srv": "Srv", "Unavailable": "Unavailable"}


class GraphDomains(Microsoft):
    """One customer's tenant; change its attributes to make it misbehave."""

    def __init__(self, *answers: Told) -> None:
        super().__init__(*answers)
        self.domains: dict[str, dict[str, Any]] = {}
        self.not_seen = 0
        """How often the verification record is not seen yet."""
        self.not_prepared = 0
        """How often the service records are not there yet."""
        self.records: list[DnsRecord] | None = None
        self.is_taken = False
        self.lost_adds = 0

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.host == "login.local":
            return self._sign_in(request)
        self.asked.append(request)
        _version, _domains, *rest = request.url.path.strip("/").split("/")
        if not rest:
            return self._add(json.loads(request.content)["id"])
        if rest[0] not in self.domains:
            return _error(404, "Request_ResourceNotFound", "Resource does not exist.")
        domain, what = self.domains[rest[0]], rest[1] if len(rest) > 1 else ""
        if what == "verify":
            return self._verify(domain)
        if what == "verificationDnsRecords":
            text = {"recordType": "Txt", "text": "MS=ms12345678", "label": rest[0], "ttl": 3600}
            return httpx.Response(200, json={"value": [text]})
        if what == "serviceConfigurationRecords":
            return self._records(rest[0])
        if request.method == "PATCH":
            domain.update(json.loads(request.content))
            return httpx.Response(204)
        return httpx.Response(200, json=domain)

    def _add(self, name: str) -> httpx.Response:
        if self.is_taken:
            return _error(400, "Request_BadRequest", "The domain is in another directory.")
        if name in self.domains:
            return _error(400, "Request_MultipleObjectsWithSameKeyValue", "Already there.")
        self.domains[name] = {"id": name, "isVerified": False, "supportedServices": []}
        if self.lost_adds:
            self.lost_adds -= 1
            raise httpx.ReadTimeout("lost")
        return httpx.Response(201, json=self.domains[name])

    def _verify(self, domain: dict[str, Any]) -> httpx.Response:
        if self.not_seen:
            self.not_seen -= 1
            return _error(400, "Request_BadRequest", "Domain verification failed.")
        domain["isVerified"] = True
        return httpx.Response(200, json=domain)

    def _records(self, name: str) -> httpx.Response:
        if self.not_prepared:
            self.not_prepared -= 1
            value = [{"recordType": "Unavailable", "label": name, "supportedService": "Email"}]
            return httpx.Response(200, json={"value": value})
        records = all_services(name) if self.records is None else self.records
        return httpx.Response(200, json={"value": [_wire(record) for record in records]})


def _wire(record: DnsRecord) -> dict[str, Any]:
    return {
        "@odata.type": f"microsoft.graph.domainDns{KINDS.get(record.record_type, 'X')}Record",
        "label": record.label,
        "recordType": record.record_type,
        "supportedService": record.supported_service,
        "ttl": record.ttl,
        "isOptional": record.is_optional,
        "text": record.text,
        "mailExchange": record.mail_exchange,
        "preference": record.preference,
        "canonicalName": record.canonical_name,
        "service": record.service,
        "protocol": record.protocol,
        "nameTarget": record.name_target,
        "port": record.port,
        "priority": record.priority,
        "weight": record.weight,
    }


def _error(status: int, code: str, message: str) -> httpx.Response:
    return httpx.Response(status, json={"error": {"code": code, "message": message}})

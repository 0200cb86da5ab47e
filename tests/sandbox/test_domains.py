"""Domains of a customer's tenant, verified by asking the DNS."""

from typing import Any

import pytest

from sandbox.microsoft import domains
from sandbox.microsoft.domain_records import mail_host
from sandbox.world import World
from tests.sandbox.caller import DOMAIN_ROLE, GRAPH, Caller, read

NAME = "northwind-customer.example"


@pytest.fixture
def tenant(provider: Caller) -> str:
    made: str = provider.customer()["id"]
    provider.grant(made, DOMAIN_ROLE)
    return made


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """TXT records by name, in place of the DNS."""
    found: dict[str, list[str]] = {}

    def txt(world: World, name: str) -> list[str]:
        return found.get(name, [])

    monkeypatch.setattr(domains.lookup, "txt", txt)
    return found


def records(provider: Caller, tenant: str, kind: str) -> list[Any]:
    answer = provider.graph("GET", f"/v1.0/domains/{NAME}/{kind}", tenant=tenant)
    assert answer.status_code == 200, answer.get_data()
    return list(answer.json["value"])


def test_a_domain_is_added_verified_and_enabled(
    provider: Caller, tenant: str, published: dict[str, list[str]]
) -> None:
    made = provider.graph("POST", "/v1.0/domains", {"id": NAME}, tenant=tenant)
    assert (made.status_code, made.json["isVerified"]) == (201, False)
    assert provider.graph("POST", "/v1.0/domains", {"id": NAME}, tenant=tenant).status_code == 409
    txt, mx = records(provider, tenant, "verificationDnsRecords")
    assert (txt["recordType"], mx["recordType"]) == ("Txt", "Mx")
    one = f"/v1.0/domains/{NAME}"
    assert provider.graph("POST", f"{one}/verify", tenant=tenant).status_code == 400
    wanted = {"supportedServices": ["Email", "OfficeCommunicationsOnline", "Intune"]}
    assert provider.graph("PATCH", one, wanted, tenant=tenant).status_code == 400
    published[NAME] = ["v=spf1 -all", txt["text"]]
    assert provider.graph("POST", f"{one}/verify", tenant=tenant).json["isVerified"]
    assert provider.graph("PATCH", one, wanted, tenant=tenant).status_code == 204
    found = provider.graph("GET", one, tenant=tenant).json
    assert found["supportedServices"] == wanted["supportedServices"]


def test_the_records_of_all_services(
    provider: Caller, tenant: str, published: dict[str, list[str]]
) -> None:
    _enable(provider, tenant, published)
    found = records(provider, tenant, "serviceConfigurationRecords")
    kinds = [record["@odata.type"].rpartition("domainDns")[2] for record in found]
    assert kinds == ["MxRecord", "TxtRecord", *["CnameRecord"] * 3, *["SrvRecord"] * 2,
                     *["CnameRecord"] * 2]  # fmt: skip
    assert found[0]["mailExchange"].endswith("-v1.mx.microsoft")
    assert found[1]["text"] == "v=spf1 include:spf.protection.outlook.com -all"
    assert found[6]["nameTarget"] == "sipfed.online.lync.com"
    assert found[8]["canonicalName"] == "enterpriseenrollment-s.manage.microsoft.com"


def test_records_are_unavailable_for_a_moment(
    provider: Caller, tenant: str, published: dict[str, list[str]]
) -> None:
    provider.world.set_delays({"service_records": 60})
    _enable(provider, tenant, published)
    found = records(provider, tenant, "serviceConfigurationRecords")
    assert {record["recordType"] for record in found} == {"Unavailable"}


def test_a_child_of_a_verified_domain_needs_no_record(
    provider: Caller, tenant: str, published: dict[str, list[str]]
) -> None:
    _enable(provider, tenant, published)
    child = provider.graph("POST", "/v1.0/domains", {"id": f"shop.{NAME}"}, tenant=tenant).json
    assert (child["isVerified"], child["isRoot"]) == (True, False)


def test_a_domain_belongs_to_one_tenant(
    provider: Caller, tenant: str, published: dict[str, list[str]]
) -> None:
    _enable(provider, tenant, published)
    other = provider.customer("other")["id"]
    provider.grant(other, DOMAIN_ROLE)
    provider.graph("POST", "/v1.0/domains", {"id": NAME}, tenant=other)
    published[NAME] = [records(provider, other, "verificationDnsRecords")[0]["text"]]
    refused = provider.graph("POST", f"/v1.0/domains/{NAME}/verify", tenant=other)
    assert refused.status_code == 400


def test_without_the_role_domains_are_closed(provider: Caller) -> None:
    made = provider.customer("closed")["id"]
    provider.http.post("/_sandbox/gdap/approve", json={"domain": "closed.onmicrosoft.com"})
    answer = provider.sign_in(made, GRAPH)
    assert answer["error_codes"] == [50020]
    refused = provider.graph("GET", "/v1.0/domains")
    assert refused.status_code == 403
    assert read(refused)["error"]["code"] == "Authorization_RequestDenied"


@pytest.mark.parametrize("name", ["", "nonsense", "x.onmicrosoft.com", "-a.example", "a..example"])
def test_what_is_no_domain(provider: Caller, tenant: str, name: str) -> None:
    refused = provider.graph("POST", "/v1.0/domains", {"id": name}, tenant=tenant)
    assert refused.status_code == 400


def test_the_mail_host_cannot_be_computed_from_a_name_with_dashes() -> None:
    assert mail_host("contoso.com").startswith("contoso-com.")
    token = mail_host("foo-1-bar.com").partition(".")[0]
    assert token.startswith("foo1bar-com0")


def _enable(provider: Caller, tenant: str, published: dict[str, list[str]]) -> None:
    provider.graph("POST", "/v1.0/domains", {"id": NAME}, tenant=tenant)
    published[NAME] = [records(provider, tenant, "verificationDnsRecords")[0]["text"]]
    provider.graph("POST", f"/v1.0/domains/{NAME}/verify", tenant=tenant)
    wanted = {"supportedServices": ["Email", "OfficeCommunicationsOnline", "Intune"]}
    provider.graph("PATCH", f"/v1.0/domains/{NAME}", wanted, tenant=tenant)

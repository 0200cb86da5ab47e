"""What Microsoft says is published as it says it, or refused whole."""

import pytest

from dnsconfig.desired import (
    SERVICES,
    BadRecord,
    NotReady,
    service_records,
    verification_record,
)
from tests.dnsconfig.told import all_services, told

DOMAIN = "example.com"


def test_the_ticked_services_and_no_others() -> None:
    records = service_records(all_services(DOMAIN), domain=DOMAIN, services=["Intune"])
    assert {str(r.record) for r in records} == {
        "enterpriseregistration.example.com CNAME enterpriseregistration.windows.net.",
        "enterpriseenrollment.example.com CNAME enterpriseenrollment-s.manage.microsoft.com.",
    }


def test_all_three_services() -> None:
    records = service_records(all_services(DOMAIN), domain=DOMAIN, services=SERVICES)
    assert len(records) == 9
    assert "example.com MX 0 contoso-com.o-v1.mx.microsoft." in {str(r.record) for r in records}
    assert "_sip._tls.example.com SRV 100 1 443 sipdir.online.lync.com." in {
        str(r.record) for r in records
    }


def test_the_label_of_an_srv_may_lack_its_service() -> None:
    record = told(
        DOMAIN,
        "Srv",
        service="_sip",
        protocol="_tls",
        name_target="sipdir.online.lync.com",
        port=443,
        priority=100,
        weight=1,
    )
    (wanted,) = service_records([record], domain=DOMAIN, services=["Email"])
    assert wanted.record.name == "_sip._tls.example.com"


def test_08_records_that_are_not_ready_are_waited_for() -> None:
    with pytest.raises(NotReady):
        service_records([told(DOMAIN, "Unavailable")], domain=DOMAIN, services=SERVICES)
    with pytest.raises(NotReady):
        service_records([], domain=DOMAIN, services=SERVICES)
    with pytest.raises(NotReady):
        verification_record([], domain=DOMAIN)


def test_the_verification_text_is_preferred_to_the_mail_exchange() -> None:
    records = [
        told(DOMAIN, "Mx", "", mail_exchange="ms12345678.msv1.invalid", preference=32767),
        told(DOMAIN, "Txt", "", text="MS=ms12345678"),
    ]
    assert str(verification_record(records, domain=DOMAIN)) == "example.com TXT MS=ms12345678"


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (told("other.com", "Txt", text="x"), "outside"),
        (told("notexample.com", "Txt", text="x"), "outside"),
        (told("bad label.example.com", "Txt", text="x"), "bad_name"),
        (told(DOMAIN, "Mx", mail_exchange=""), "empty"),
        (told(DOMAIN, "Txt", text=""), "empty"),
        (told(DOMAIN, "Mx", mail_exchange="a b.example"), "bad_target"),
        (told(DOMAIN, "Mx", mail_exchange="a.example", preference=70000), "bad_number"),
        (told(DOMAIN, "Mx", mail_exchange="a.example", ttl=-1), "bad_number"),
        (told(DOMAIN, "Txt", text='x" "y'), "bad_text"),
        (told(DOMAIN, "Txt", text="x\n$INCLUDE /etc/passwd"), "bad_text"),
        (told(DOMAIN, "Naptr", text="x"), "unknown_type"),
        (told(DOMAIN, "Txt", text="v=spf1 include: spf.protection.outlook.com ~all"), "broken_spf"),
    ],
)
def test_09_10_one_bad_record_refuses_the_whole_plan(record: object, code: str) -> None:
    with pytest.raises(BadRecord) as refused:
        service_records([*all_services(DOMAIN), record], domain=DOMAIN, services=SERVICES)
    assert refused.value.code == code


def test_contradictions_are_refused() -> None:
    second = told(DOMAIN, "Txt", text="v=spf1 -all")
    alias = told(f"autodiscover.{DOMAIN}", "Txt", text="x")
    for extra in (second, alias):
        with pytest.raises(BadRecord, match="contradiction"):
            service_records([*all_services(DOMAIN), extra], domain=DOMAIN, services=SERVICES)

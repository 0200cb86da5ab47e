"""An event counts only when Microsoft signed it: each way of pretending is refused."""

import base64
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from common.errors import Busy
from partnercenter.rest import RestPartnerCenter
from partnercenter.signature import BadSignature
from partnercenter.types import MicrosoftEvent
from tests.partnercenter.issuing import (
    DAY,
    NOW,
    STRANGERS_KEY,
    authority,
    leaf,
    signed,
)
from tests.partnercenter.microsoft import Microsoft

ROOT = authority("DigiCert Inc")
ISSUER = authority("Microsoft Corporation", ROOT)
URL = "https://3psostorageacct.blob.core.windows.net/cert/dispatch.cer"
BODY = b'{"EventName":"test-created","ResourceName":"test","AuditUri":null}'


def pem(*several: Any) -> bytes:
    return b"".join(each.public_bytes(Encoding.PEM) for each in several)


GOOD = pem(leaf(ISSUER), ISSUER.certificate)


def headers(body: bytes = BODY, **changed: str) -> dict[str, str]:
    written = base64.b64encode(signed(body)).decode()
    told = {
        "Authorization": f"Signature {written}",
        "X-MS-Certificate-Url": URL,
        "X-MS-Signature-Algorithm": "rsa-sha256",
    }
    return {**told, **{name.replace("_", "-"): value for name, value in changed.items()}}


def serving(*answers: bytes | int, **options: Any) -> tuple[Microsoft, RestPartnerCenter]:
    told = [
        httpx.Response(each) if isinstance(each, int) else httpx.Response(200, content=each)
        for each in answers
    ]
    microsoft = Microsoft(*told)
    return microsoft, microsoft.client(**{"webhook_roots": ROOT.pem.decode(), **options})


def test_a_signed_event_counts_and_its_certificate_is_kept() -> None:
    microsoft, client = serving(GOOD)
    client.check_event_signature(BODY, headers())
    client.check_event_signature(BODY, {name.upper(): value for name, value in headers().items()})
    assert [str(request.url) for request in microsoft.asked] == [URL]
    assert "authorization" not in microsoft.asked[0].headers


def test_the_signature_may_stand_in_a_header_of_its_own() -> None:
    _, client = serving(GOOD)
    told = headers()
    own = told.pop("Authorization").removeprefix("Signature ")
    client.check_event_signature(BODY, {**told, "x-ms-signature": own})


def test_a_lone_certificate_names_where_its_issuer_is() -> None:
    at = "http://www.microsoft.com/pkiops/certs/issuer.crt"
    alone = leaf(ISSUER, issuer_url=at).public_bytes(Encoding.DER)
    microsoft, client = serving(alone, ISSUER.certificate.public_bytes(Encoding.DER))
    client.check_event_signature(BODY, headers())
    assert [str(request.url) for request in microsoft.asked] == [URL, at]


def test_roots_can_be_fetched_from_a_sandbox() -> None:
    place = "http://127.0.0.1:8010"
    microsoft, client = serving(
        GOOD,
        ROOT.pem,
        webhook_roots="",
        webhook_roots_url=f"{place}/_sandbox/webhook-root.pem",
        webhook_certificate_hosts=("127.0.0.1:8010",),
    )
    told = headers(X_MS_Certificate_Url=f"{place}/webhooks/certificate.pem")
    client.check_event_signature(BODY, told)
    assert len(microsoft.asked) == 2


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://3psostorageacct.blob.core.windows.net/cert/dispatch.cer",
        "https://microsoft.com.stranger.example/cert.cer",
        "https://notmicrosoft.com/cert.cer",
        "https://a.microsoft.com@stranger.example/cert.cer",
        "https://a.microsoft.com:8443/cert.cer",
        "https://a.microsoft.com:port/cert.cer",
        "http://127.0.0.1:8010/webhooks/certificate.pem",
        "file:///etc/passwd",
    ],
)
def test_nothing_is_fetched_from_elsewhere(url: str) -> None:
    microsoft, client = serving()
    with pytest.raises(BadSignature):
        client.check_event_signature(BODY, headers(X_MS_Certificate_Url=url))
    assert microsoft.asked == []


@pytest.mark.parametrize(
    "changed",
    [
        {"Authorization": ""},
        {"Authorization": "Bearer abc"},
        {"Authorization": "Signature not base64!"},
        {"Authorization": "Signature "},
        {"X_MS_Signature_Algorithm": "rsa-md5"},
    ],
)
def test_a_request_without_a_signature_is_refused_unfetched(changed: dict[str, str]) -> None:
    microsoft, client = serving()
    with pytest.raises(BadSignature):
        client.check_event_signature(BODY, headers(**changed))
    assert microsoft.asked == []


def test_a_changed_body_is_refused() -> None:
    _, client = serving(GOOD)
    with pytest.raises(BadSignature, match="does not fit"):
        client.check_event_signature(BODY.replace(b"null", b"true"), headers())


def test_another_ones_signature_is_refused() -> None:
    _, client = serving(GOOD)
    written = base64.b64encode(signed(BODY, STRANGERS_KEY)).decode()
    with pytest.raises(BadSignature, match="does not fit"):
        client.check_event_signature(BODY, headers(Authorization=f"Signature {written}"))


STRANGER = authority("Elsewhere Limited", ROOT)
UNKNOWN = authority("Microsoft Corporation", authority("DigiCert Inc"))
SELF_MADE = authority("Microsoft Corporation")


@pytest.mark.parametrize(
    ("served", "why"),
    [
        (pem(leaf(STRANGER), STRANGER.certificate), "not issued by Microsoft"),
        (pem(leaf(UNKNOWN), UNKNOWN.certificate), "not trusted"),
        (pem(leaf(SELF_MADE), SELF_MADE.certificate), "not trusted"),
        (pem(leaf(ISSUER, until=NOW - DAY), ISSUER.certificate), "not trusted"),
        (pem(leaf(ISSUER)), "not trusted"),
        (pem(leaf(ISSUER, host="shop.example"), ISSUER.certificate), "not for a host"),
        (
            pem(leaf(ISSUER, key=ec.generate_private_key(ec.SECP256R1())), ISSUER.certificate),
            "not RSA",
        ),
        (b"<html>", "cannot be read"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA", "cannot be read"),
        (b"x" * 200_000, "too big"),
    ],
)
def test_a_certificate_that_is_not_microsofts_is_refused(served: bytes, why: str) -> None:
    _, client = serving(served)
    with pytest.raises(BadSignature, match=why):
        client.check_event_signature(BODY, headers())


def test_the_webs_roots_do_not_trust_a_sandbox() -> None:
    _, client = serving(GOOD, webhook_roots="")
    with pytest.raises(BadSignature, match="not trusted"):
        client.check_event_signature(BODY, headers())


def test_a_certificate_that_cannot_be_fetched_says_later() -> None:
    _, client = serving(503)
    with pytest.raises(Busy):
        client.check_event_signature(BODY, headers())


def test_a_certificate_renewed_under_its_address_is_fetched_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = pem(leaf(ISSUER, key=STRANGERS_KEY), ISSUER.certificate)
    microsoft, client = serving(old, GOOD)
    written = base64.b64encode(signed(BODY, STRANGERS_KEY)).decode()
    client.check_event_signature(BODY, headers(Authorization=f"Signature {written}"))
    with pytest.raises(BadSignature):  # within a minute strangers cannot make us fetch
        client.check_event_signature(BODY, headers())
    monkeypatch.setattr("partnercenter.rest.certificates._SETTLED", -1.0)
    client.check_event_signature(BODY, headers())
    assert len(microsoft.asked) == 2


def test_an_event_is_read() -> None:
    event = MicrosoftEvent.parse(
        b'\xef\xbb\xbf{"EventName":"subscription-updated","ResourceUri":"http://a/b",'
        b'"ResourceName":"subscription","AuditUri":null,'
        b'"ResourceChangeUtcDate":"2017-11-16T16:19:06.3520276+00:00"}'
    )
    assert (event.name, event.resource_uri, event.audit_uri) == (
        "subscription-updated",
        "http://a/b",
        "",
    )
    assert event.changed_at is not None
    assert event.changed_at.year == 2017


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff"])
def test_what_is_no_event_is_no_event(body: bytes) -> None:
    with pytest.raises(ValueError):
        MicrosoftEvent.parse(body)

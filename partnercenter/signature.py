"""Whether an event is from Microsoft: its signature, and the certificate's way up to a root.

Source: learn.microsoft.com/partner-center/developer/partner-center-webhooks, "How to authenticate
the callback".
"""

import base64
import binascii
import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

MICROSOFT: Final = "Microsoft Corporation"
_DOMAIN = ".microsoft.com"
_CERTIFICATES_AT = (_DOMAIN, ".blob.core.windows.net")
_BEGIN = "-----BEGIN CERTIFICATE-----"


class BadSignature(Exception):
    """The event is not, or not provably, from Microsoft; `reason` is for logs."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def signature_of(headers: Mapping[str, str]) -> bytes:
    """The signature in `Authorization: Signature <base64>` or `x-ms-signature`.

    `headers` has names in lower case. Raises BadSignature.
    """
    if headers.get("x-ms-signature-algorithm", "rsa-sha256").lower() != "rsa-sha256":
        raise BadSignature("another algorithm than rsa-sha256")
    kind, _, written = headers.get("authorization", "").strip().partition(" ")
    if kind.lower() != "signature":
        own = headers.get("x-ms-signature", "").strip()
        written = own[len("signature ") :] if own.lower().startswith("signature ") else own
    try:
        signature = base64.b64decode(written.strip(), validate=True)
    except binascii.Error:
        raise BadSignature("the signature is not base64") from None
    if not signature:
        raise BadSignature("no signature")
    return signature


def certificate_url(headers: Mapping[str, str], also: Sequence[str] = ()) -> str:
    """Where the certificate is: https, at Microsoft, or at a `host:port` of `also`.

    Anybody may write this header: nothing else is ever fetched. Raises BadSignature.
    """
    url = headers.get("x-ms-certificate-url", "").strip()
    if not is_fetched(url, also):
        raise BadSignature("the certificate is not at Microsoft")
    return url


def is_fetched(url: str, also: Sequence[str] = (), *, schemes: Sequence[str] = ("https",)) -> bool:
    """Whether certificates may be fetched there."""
    try:
        parts = urlsplit(url)
        is_plain = parts.port is None and "@" not in parts.netloc
    except ValueError:
        return False
    if parts.scheme in ("http", "https") and parts.netloc in also:
        return True
    at_microsoft = (parts.hostname or "").endswith(_CERTIFICATES_AT)
    return parts.scheme in schemes and at_microsoft and is_plain


def certificates(data: bytes) -> list[x509.Certificate]:
    """The certificates in a PEM bundle or one DER file. Raises BadSignature."""
    try:
        if _BEGIN.encode() in data:
            return x509.load_pem_x509_certificates(data)
        return [x509.load_der_x509_certificate(data)]
    except ValueError:
        raise BadSignature("the certificate cannot be read") from None


def roots(pem: str) -> list[x509.Certificate]:
    """The roots in a PEM bundle, without those that today's rules no longer read."""
    blocks = [f"{_BEGIN}{block}" for block in pem.split(_BEGIN)[1:]]
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)  # an old serial number
        for block in blocks:
            with suppress(ValueError):
                found.append(x509.load_pem_x509_certificate(block.encode()))
    return found


def issuer_urls(certificate: x509.Certificate) -> list[str]:
    """Where the certificate says its issuer's is; over http too, it is verified anyway."""
    try:
        access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess)
    except (x509.ExtensionNotFound, ValueError):
        return []
    return [
        place.access_location.value
        for place in access.value
        if place.access_method == AuthorityInformationAccessOID.CA_ISSUERS
        and isinstance(place.access_location, x509.UniformResourceIdentifier)
        and is_fetched(place.access_location.value, schemes=("http", "https"))
    ]


def trusted_key(
    leaf: x509.Certificate,
    between: Sequence[x509.Certificate],
    trusted: Sequence[x509.Certificate],
    now: datetime,
) -> RSAPublicKey:
    """The key of Microsoft's certificate, verified up to one of `trusted` at `now`.

    Raises BadSignature when it is somebody else's, ended, or leads to no root.
    """
    if _organisation(leaf.issuer) != MICROSOFT:
        raise BadSignature("the certificate was not issued by Microsoft Corporation")
    policy = PolicyBuilder().store(Store(list(trusted))).time(now.replace(tzinfo=None))
    try:
        policy.build_server_verifier(_host_of(leaf)).verify(leaf, list(between))
    except VerificationError as error:
        raise BadSignature(f"the certificate is not trusted: {error}") from error
    key = leaf.public_key()
    if not isinstance(key, RSAPublicKey):
        raise BadSignature("the certificate's key is not RSA")
    return key


def _organisation(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return str(found[0].value) if found else ""


def _host_of(leaf: x509.Certificate) -> x509.DNSName:
    """A host below microsoft.com that the certificate is for; Microsoft issues for others too."""
    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except (x509.ExtensionNotFound, ValueError):
        raise BadSignature("the certificate names no host") from None
    for host in names.value.get_values_for_type(x509.DNSName):
        if host.lower().endswith(_DOMAIN):
            return x509.DNSName(host.replace("*.", "any.", 1))
    raise BadSignature("the certificate is not for a host of Microsoft's")


def check(key: RSAPublicKey, signature: bytes, body: bytes) -> None:
    """RSA-SHA256 over the body as it came. Raises BadSignature."""
    try:
        key.verify(signature, body, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        raise BadSignature("the signature does not fit the body") from None

"""The certificates that sign webhooks: leaf, intermediate, root; and those that nobody may trust.

Made when first needed and kept with the world. Valid from 2020 to 2060, so that a turned clock
does not end them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

if TYPE_CHECKING:
    from sandbox.world import World

HOST = "pcnotifications-dispatch.microsoft.com"
MICROSOFT, STRANGER = "Microsoft Corporation", "Elsewhere Limited"
SINCE, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)
PAST = datetime(2021, 1, 1, tzinfo=UTC)
GOOD, EXPIRED, WRONG_ISSUER, UNKNOWN_ROOT = "certificate", "expired", "wrong-issuer", "unknown-root"
KINDS = (GOOD, EXPIRED, WRONG_ISSUER, UNKNOWN_ROOT)
FORGED = "forged"  # a signature by a key that belongs to no certificate

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Authority:
    """A certificate that issues others, and its key."""

    certificate: x509.Certificate
    key: PrivateKey


def bundle(world: World, kind: str) -> str:
    """Leaf and intermediate of that kind as PEM.

    Raises:
        KeyError: no such kind.
    """
    return str(_kept(world)[kind])


def root(world: World) -> str:
    """The root that is to be trusted, as PEM."""
    return str(_kept(world)["root"])


def sign(world: World, body: bytes, *, is_forged: bool = False) -> bytes:
    """RSA-SHA256 over the body."""
    key = _loaded(_kept(world)[FORGED if is_forged else "key"])
    return key.sign(body, padding.PKCS1v15(), hashes.SHA256())


def _kept(world: World) -> dict[str, str]:
    found = world.table("certificates").get("all")
    if found is None:
        with world.change():
            found = world.table("certificates").get("all")
            if found is None:
                world.table("certificates")["all"] = found = _made()
    return found


def _made() -> dict[str, str]:
    key, forged = (rsa.generate_private_key(65537, 2048) for _ in "12")
    trusted, unknown = _root("Sandbox Root CA"), _root("Unknown Root CA")
    good = _issued(trusted, "Microsoft Sandbox TLS Issuing CA", MICROSOFT)
    stranger = _issued(trusted, "Elsewhere Issuing CA", STRANGER)
    other = _issued(unknown, "Microsoft Sandbox TLS Issuing CA", MICROSOFT)
    return {
        "root": _pem(trusted.certificate),
        "key": _key_pem(key),
        FORGED: _key_pem(forged),
        GOOD: _leaf(good, key, UNTIL),
        EXPIRED: _leaf(good, key, PAST),
        WRONG_ISSUER: _leaf(stranger, key, UNTIL),
        UNKNOWN_ROOT: _leaf(other, key, UNTIL),
    }


def _name(common: str, organization: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "US"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _root(common: str) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(common, MICROSOFT)
    return Authority(_ca(name, name, key, key, None), key)


def _issued(parent: Authority, common: str, organization: str) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(common, organization)
    return Authority(_ca(name, parent.certificate.subject, key, parent.key, 0), key)


def _ca(
    name: x509.Name, issuer: x509.Name, key: PrivateKey, signer: PrivateKey, depth: int | None
) -> x509.Certificate:
    usage = _usage(is_authority=True)
    return (
        _started(name, issuer, key, signer, UNTIL)
        .add_extension(x509.BasicConstraints(ca=True, path_length=depth), critical=True)
        .add_extension(usage, critical=True)
        .sign(signer, hashes.SHA256())
    )


def _leaf(issuer: Authority, key: rsa.RSAPrivateKey, until: datetime) -> str:
    used_for = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
    certificate = (
        _started(_name(HOST, MICROSOFT), issuer.certificate.subject, key, issuer.key, until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(is_authority=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage(used_for), critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(issuer.key, hashes.SHA256())
    )
    return _pem(certificate) + _pem(issuer.certificate)


def _started(
    name: x509.Name, issuer: x509.Name, key: PrivateKey, signer: PrivateKey, until: datetime
) -> x509.CertificateBuilder:
    public, parent = key.public_key(), signer.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(SINCE)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(parent), critical=False)
    )


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _key_pem(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


@lru_cache(maxsize=8)
def _loaded(pem: str) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("the kept key is not an RSA key")
    return key

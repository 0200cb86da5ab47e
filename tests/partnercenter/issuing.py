"""Certificates for tests: a root, an issuer below it, and one that signs events."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

HOST = "pcnotifications-dispatch.microsoft.com"
NOW = datetime.now(UTC)
DAY = timedelta(days=1)
KEY = rsa.generate_private_key(65537, 2048)
STRANGERS_KEY = rsa.generate_private_key(65537, 2048)


@dataclass(frozen=True)
class Authority:
    """Who issues certificates."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


def authority(organisation: str, above: Authority | None = None) -> Authority:
    """A root, or an issuer below one."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"{organisation} CA {x509.random_serial_number() % 1000}", organisation)
    signer = above or Authority(None, key)  # type: ignore[arg-type]
    issuer = above.certificate.subject if above else name
    built = _begun(name, issuer, key, signer.key, NOW + 365 * DAY).add_extension(
        x509.BasicConstraints(ca=True, path_length=None), critical=True
    )
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    return Authority(
        built.add_extension(usage, critical=True).sign(signer.key, hashes.SHA256()), key
    )


def leaf(
    issuer: Authority,
    *,
    host: str = HOST,
    until: datetime = NOW + 30 * DAY,
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = KEY,
    issuer_url: str = "",
) -> x509.Certificate:
    """The certificate that stands behind an event."""
    name = _name(host, "Microsoft Corporation")
    built = _begun(name, issuer.certificate.subject, key, issuer.key, until)
    built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    built = built.add_extension(
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False
    )
    if issuer_url:
        place = x509.AccessDescription(
            AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier(issuer_url)
        )
        built = built.add_extension(x509.AuthorityInformationAccess([place]), critical=False)
    return built.sign(issuer.key, hashes.SHA256())


def signed(body: bytes, key: rsa.RSAPrivateKey = KEY) -> bytes:
    """RSA-SHA256 over the body."""
    return key.sign(body, padding.PKCS1v15(), hashes.SHA256())


def _name(common: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _begun(
    name: x509.Name,
    issuer: x509.Name,
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    until: datetime,
) -> x509.CertificateBuilder:
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - 100 * DAY)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(above, critical=False)
    )

"""The certificates of Microsoft's events, fetched, verified and kept for an hour."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

import certifi
import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from common.errors import Busy
from partnercenter.rest.options import Options
from partnercenter.rest.sentences import UNREACHABLE
from partnercenter.signature import BadSignature, certificates, issuer_urls, roots, trusted_key

_LASTS = 3600.0  # seconds
_SETTLED = 60.0  # seconds; an older key is fetched again when a signature does not fit
_MANY = 20  # keys
_BIG = 100_000  # bytes that no certificate has
_PATIENCE = 5.0  # seconds; Microsoft waits for our answer meanwhile
_STEPS = 3  # certificates between ours and a root


@dataclass(frozen=True, slots=True)
class _Kept:
    key: RSAPublicKey
    at: float


class Certificates:
    """Keys that have been verified, by address. Safe to share between threads."""

    def __init__(self, http: httpx.Client, options: Options) -> None:
        self._http = http
        self._options = options
        self._kept: dict[str, _Kept] = {}
        self._trusted: list[x509.Certificate] = []

    def key(self, url: str) -> tuple[RSAPublicKey, bool]:
        """The key of the certificate at `url`, and whether it was fetched a while ago.

        Raises BadSignature, and Busy when the certificate cannot be fetched now.
        """
        kept = self._kept.get(url)
        age = time.monotonic() - kept.at if kept else _LASTS
        if kept and age < _LASTS:
            return kept.key, age > _SETTLED
        return self.fresh_key(url), False

    def fresh_key(self, url: str) -> RSAPublicKey:
        """As `key`, fetched now."""
        leaf, *between = certificates(self._fetch(url))
        key = trusted_key(leaf, between or self._issuers(leaf), self._roots(), datetime.now(UTC))
        if len(self._kept) >= _MANY:
            self._kept.clear()
        self._kept[url] = _Kept(key, time.monotonic())
        return key

    def _issuers(self, leaf: x509.Certificate) -> list[x509.Certificate]:
        """The issuers' certificates, where a certificate comes alone."""
        found: list[x509.Certificate] = []
        last = leaf
        while len(found) < _STEPS and last.issuer != last.subject and (urls := issuer_urls(last)):
            last = certificates(self._fetch(urls[0]))[0]
            found.append(last)
        return found

    def _roots(self) -> list[x509.Certificate]:
        if not self._trusted:
            if self._options.webhook_roots_url:
                told = self._fetch(self._options.webhook_roots_url).decode(errors="replace")
            else:
                told = self._options.webhook_roots or certifi.contents()
            self._trusted = roots(told)
            if not self._trusted:
                raise BadSignature("no root is trusted")
        return self._trusted

    def _fetch(self, url: str) -> bytes:
        try:
            response = self._http.get(url, timeout=_PATIENCE)
        except (httpx.RequestError, OSError) as error:
            raise Busy(UNREACHABLE, code="connection") from error
        if not response.is_success:
            raise Busy(UNREACHABLE, code=f"http-{response.status_code}")
        if len(response.content) > _BIG:
            raise BadSignature("the certificate is too big")
        return response.content

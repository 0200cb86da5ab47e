"""API tokens: made once, shown once, kept as a digest."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import now
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import Account, Token, User

PREFIX = "rp_"


def digest_of(secret: str) -> str:
    """A token has 256 random bits: one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def create(*, account: Account, user: User, name: str, role: str) -> tuple[Token, str]:
    """A new token and its secret, which nobody can read again."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        account=account,
        user=user,
        name=name,
        role=role,
        prefix=secret[:8],
        digest=digest_of(secret),
    )
    return token, secret


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer rp_…` (or `Token rp_…`)."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        words = get_authorization_header(request).decode("latin-1").split()
        if len(words) != 2 or words[0].lower() not in ("bearer", "token"):
            return None
        rows = Token.objects.filter(digest=digest_of(words[1]), revoked_at=None)
        token = rows.select_related("user", "account").first()
        if token is None or not token.user.is_active:
            raise AuthenticationFailed("The token is unknown or revoked.")
        self._note_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"

    def _note_use(self, token: Token) -> None:
        """At most one write a minute."""
        stale = Q(last_used_at=None) | Q(last_used_at__lt=now() - timedelta(minutes=1))
        Token.objects.filter(stale, pk=token.pk).update(last_used_at=now())


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Describes the token in the OpenAPI schema."""

    target_class = "accounts.tokens.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}

"""Where the client keeps its refresh token: `TOKEN_STORE` of a `PARTNER_CENTER` entry."""

from datetime import timedelta
from typing import Any

from common.clock import microsoft_now
from common.errors import SignInNeeded
from connections import services

PROBE = timedelta(minutes=5)
"""A refused token is tried again by one caller after so long: the settings may have been mended."""


class RefreshTokens:
    """The row of one region (`partnercenter.signin.TokenStore`)."""

    def __init__(self, alias: str, options: dict[str, Any]) -> None:
        self._alias = alias
        self._seed = str(options.get("refresh_token", ""))

    def load(self) -> str:
        connection = services.seeded(alias=self._alias, seed=self._seed)
        refused = connection.refused_at
        if refused is not None and microsoft_now() < refused + PROBE:
            raise SignInNeeded(connection.refused_text, code=connection.refused_code)
        return str(connection.token or "")

    def save(self, *, used: str, received: str) -> None:
        services.renew(alias=self._alias, used=used, received=received)

    def refuse(self, *, used: str, code: str, text: str) -> None:
        services.refuse(alias=self._alias, used=used, code=code, text=text)

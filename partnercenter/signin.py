"""The provider's sign-in: where its refresh token is kept, and how a new one is fetched."""

from dataclasses import dataclass, field
from typing import Any, Protocol


class TokenStore(Protocol):
    """Keeps the refresh token of one region. Called by many threads and processes at once."""

    def load(self) -> str:
        """The token to use now; empty when nobody has signed in yet.

        Raises SignInNeeded while Microsoft is known to refuse it.
        """

    def save(self, *, used: str, received: str) -> None:
        """Microsoft answered `used` with access; `received`, often another, is used from now on."""

    def refuse(self, *, used: str, code: str, text: str) -> None:
        """Microsoft refused it; `code` is the AADSTS code."""


@dataclass(frozen=True, slots=True)
class ConfiguredToken:
    """The token of the settings, used for ever."""

    value: str = field(repr=False)

    def load(self) -> str:
        return self.value

    def save(self, *, used: str, received: str) -> None:
        """Settings cannot be written: a renewed token is let go."""

    def refuse(self, *, used: str, code: str, text: str) -> None:
        """Nothing to remember: the next call asks again."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in that an administrator is sent to. `flow` is kept until the browser comes back."""

    url: str
    flow: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What Microsoft said of who has signed in."""

    refresh_token: str = field(repr=False)
    tenant_id: str
    user_name: str
    has_mfa: bool

"""What may be asked about the provider's own sign-in."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from partnercenter.signin import SignedIn, SignIn


class SignInCalls(ABC):
    """An administrator of the provider signs the portal in; a second factor is mandatory."""

    @abstractmethod
    def begin_sign_in(self, *, redirect_uri: str) -> SignIn:
        """Where to send the administrator's browser. Raises Busy, Misconfigured."""

    @abstractmethod
    def finish_sign_in(self, *, flow: dict[str, Any], answer: Mapping[str, str]) -> SignedIn:
        """What the browser brought back, exchanged for a refresh token.

        Raises Refused (not this sign-in, or the wrong tenant), SignInNeeded, Busy.
        """

    @abstractmethod
    def has_mfa(self, *, timeout: float | None = None) -> bool | None:
        """Whether Microsoft counts today's sign-in as made with a second factor; None unsaid."""

"""How allauth's factors are kept and named."""

from allauth.mfa.adapter import DefaultMFAAdapter

from accounts.models import Site
from common.fields import seal, unseal


class PortalFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are unreadable in the database, under the keys of our encrypted columns."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        """What the authenticator app calls us."""
        return Site.current().shown_name

"""The provider's own sign-in at Microsoft: refresh tokens, consent, their health."""

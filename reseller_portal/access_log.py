"""gunicorn's access log, without the secrets that stand in addresses."""

import re
from typing import Any

from gunicorn.glogging import Logger

_OPENED_BY_SECRET = re.compile(
    r"(/calendar/|/account/invitation/|/sign-in/confirm-email/|/sign-in/password/reset/key/)"
    r"[^/?.\s]+"
)


class AccessLog(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Invitations, feeds and mailed links open for whoever knows their address."""

    def atoms(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().atoms(*args, **kwargs)
        return {name: without_secret(value) for name, value in found.items()}


def without_secret(value: Any) -> Any:
    """The same text, its secret cut out; anything else as it is."""
    return _OPENED_BY_SECRET.sub(r"\1…", value) if isinstance(value, str) else value

"""What one check has found."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LIMIT = 3.0
"""Seconds that a check may take."""


class State(TextChoices):
    """The worst first."""

    FAILED = "failed", _("failed")
    WARNING = "warning", _("warning")
    UNKNOWN = "unknown", _("cannot tell")
    OK = "ok", _("fine")


@dataclass(frozen=True)
class Finding:
    """In the reader's language, without any secret."""

    state: State
    text: str
    """One sentence."""
    to_do: str = ""
    """What a person does about it; empty when there is nothing to do."""
    details: tuple[str, ...] = ()
    link: str = ""
    """Name of the admin's page where it is done."""


@dataclass(frozen=True)
class Check:
    """A question about the installation. `look` may raise: then nobody can tell."""

    id: str
    title: str | Promise
    look: Callable[[], Finding]
    is_outside: bool = False
    """Made in a thread of its own, beside the others."""


@dataclass(frozen=True)
class Result:
    """A check with what it has found."""

    id: str
    title: str
    finding: Finding

    def to_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "id": self.id,
            "title": self.title,
            "state": str(self.finding.state),
            "text": self.finding.text,
            "to_do": self.finding.to_do,
            "details": list(self.finding.details),
        }


def ok(text: str, *details: str) -> Finding:
    """Nothing to do."""
    return Finding(State.OK, text, details=details)

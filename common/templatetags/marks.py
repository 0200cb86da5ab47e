"""Icons, and states as icon, words and colour: never colour alone."""

from typing import NamedTuple

from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


class Mark(NamedTuple):
    """How a state looks: tone (a class of the style sheet), icon, words."""

    tone: str
    icon: str
    text: str | Promise


MARKS: dict[str, Mark] = {
    "todo": Mark("plain", "circle", _("to do")),
    "doing": Mark("info", "arrow-repeat", _("in progress")),
    "waiting": Mark("warn", "hourglass-split", _("waiting")),
    "done": Mark("good", "check-circle", _("done")),
    "error": Mark("bad", "exclamation-triangle", _("error")),
    "cancelled": Mark("plain", "slash-circle", _("cancelled")),
    "active": Mark("good", "check-circle", _("active")),
    "ok": Mark("good", "check-circle", _("active")),
    "creating": Mark("info", "arrow-repeat", _("being created")),
    "pending": Mark("info", "hourglass-split", _("pending")),
    "inMaintenance": Mark("warn", "hourglass-split", _("in maintenance")),
    "suspending": Mark("warn", "hourglass-split", _("being suspended")),
    "suspended": Mark("warn", "slash-circle", _("suspended")),
    "reopening": Mark("info", "arrow-repeat", _("being reopened")),
    "deleted": Mark("plain", "x-circle", _("cancelled")),
    "expired": Mark("plain", "clock", _("expired")),
    "disabled": Mark("plain", "slash-circle", _("disabled")),
    "valid": Mark("good", "check-circle", _("valid")),
    "invalid": Mark("bad", "x-circle", _("no longer valid")),
    "refused": Mark("bad", "x-circle", _("refused")),
    "staff": Mark("warn", "hourglass-split", _("waits for the provider's staff")),
    "to_validate": Mark("warn", "hourglass-split", _("awaiting your validation")),
    "setting_up": Mark("info", "arrow-repeat", _("being set up")),
    "given_up": Mark("plain", "slash-circle", _("given up")),
    "removed": Mark("plain", "slash-circle", _("removed")),
    "wanted": Mark("plain", "circle", _("will be asked for")),
    "created": Mark("info", "circle", _("created")),
    "approvalPending": Mark("warn", "hourglass-split", _("waits for the customer's approval")),
    "preparing": Mark("info", "arrow-repeat", _("being prepared")),
    "ready": Mark("good", "check-circle", _("ready")),
    "conflict": Mark("bad", "exclamation-triangle", _("conflict")),
    "writing": Mark("info", "arrow-repeat", _("being written")),
    "publishing": Mark("info", "arrow-repeat", _("being published")),
    "good": Mark("good", "check-circle", _("good")),
    "bad": Mark("bad", "x-circle", _("not possible")),
    "warning": Mark("warn", "exclamation-triangle", _("warning")),
    "failed": Mark("bad", "x-circle", _("failed")),
    "unknown": Mark("warn", "question-circle", _("cannot tell")),
}


def mark(state: str) -> Mark:
    """Unknown states are shown as they are called, in a neutral tone."""
    return MARKS.get(str(state)) or Mark("plain", "tag", str(state))


def badge(state: str, text: str = "") -> SafeString:
    """A state with icon and words; `text` replaces the usual words."""
    shown = mark(state)
    return format_html(
        '<span class="badge tone-{}">{}<span>{}</span></span>',
        shown.tone,
        icon(shown.icon),
        text or shown.text,
    )


def icon(name: str, label: str = "") -> SafeString:
    """One of `assets/icons.json`; without a label it only decorates."""
    address = f"{static('portal/icons.svg')}#{name}"
    drawn = format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>',
        address,
    )
    if not label:
        return drawn
    return format_html('{}<span class="visually-hidden">{}</span>', drawn, label)

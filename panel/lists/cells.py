"""How cells of lists are drawn."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.templatetags.marks import badge, icon


def link(row: Any, text: object) -> SafeString:
    """To the page of the row."""
    return format_html('<a href="{}">{}</a>', row.get_absolute_url(), text)


def deed(url: str, sign: str, text: str) -> SafeString:
    """A button that leads to something that can be done with the row."""
    shown = icon(sign, label=text)
    return format_html('<a class="btn-icon" href="{}" title="{}">{}</a>', url, text, shown)


def code(text: str) -> SafeString | str:
    """An identifier."""
    return format_html("<code>{}</code>", text) if text else "–"


def status(row: Any) -> SafeString:
    return badge(row.status, row.get_status_display())


def state(row: Any) -> SafeString:
    return badge(row.state, row.get_state_display())

"""`{% load staff %}`: what the admin's pages show of our rooms, and how."""

import json
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from panel.dashboards import boards_for
from panel.dashboards.board import Board
from panel.waiting import Block, blocks_for

register = template.Library()


@register.simple_tag
def waiting_for(user: User) -> list[Block]:
    """What waits for this member of staff."""
    return blocks_for(user)


@register.simple_tag
def dashboards_for(user: User) -> list[Board]:
    """How the portal does, as far as this member of staff may see it."""
    return boards_for(user)


@register.filter
def cells(row: Iterable[str], headers: list[dict[str, Any]]) -> Iterator[SafeString]:
    """The cells of a list as Django made them; each names its column for narrow screens."""
    for cell, header in zip(row, headers, strict=False):
        opening, _end, rest = str(cell).partition(">")
        content, _end, tag = rest.rpartition("</")
        label = "" if "action-checkbox" in opening else capfirst(header["text"])
        yield format_html(
            '{} data-label="{}"><div class="cell">{}</div></{}',
            mark_safe(opening),  # noqa: S308 - all three are parts of Django's own cell
            label,
            mark_safe(content),  # noqa: S308
            mark_safe(tag),  # noqa: S308
        )


@register.filter
def readable(contents: str) -> str:
    """A value to read; JSON as an indented block, which scrolls where it is long."""
    text = unescape(str(contents)).strip()
    if not text.startswith(("{", "[")) or text in ("{}", "[]"):
        return conditional_escape(contents)
    try:
        value = json.loads(text)
    except ValueError:
        return conditional_escape(contents)
    shown = json.dumps(value, indent=2, ensure_ascii=False)
    label = _("Data")
    return format_html('<pre tabindex="0" role="group" aria-label="{}">{}</pre>', label, shown)

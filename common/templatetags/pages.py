"""Lists in pages, and the parts of a page that are said twice."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Page
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from common.templatetags.values import query

AROUND = 2


def page_numbers(page: Page[Any]) -> Iterator[int | None]:
    """First, last and those around the current page; None stands for a gap."""
    last = page.paginator.num_pages
    near = range(page.number - AROUND, page.number + AROUND + 1)
    shown = sorted({1, last, *(number for number in near if 1 <= number <= last)})
    before = 0
    for number in shown:
        if number - before == 2:
            yield before + 1
        elif number - before > 2:
            yield None
        yield number
        before = number


def pager_url(context: Context, param: str, number: int, anchor: str = "") -> str:
    """The address of another page of the same list."""
    return query(context, **{param: number}) + (f"#{anchor}" if anchor else "")


def kept_fields(context: Context, *replaced: str) -> SafeString:
    """Hidden inputs for what the address asks beside `replaced`."""
    asked = context["request"].GET
    pairs = ((name, value) for name in asked for value in asked.getlist(name))
    kept = ((name, value) for name, value in pairs if name not in replaced)
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', kept)


def again(context: Context, name: str) -> SafeString:
    """The text of another block of the page, e.g. the title as heading."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return SafeString(block.nodelist.render(context)) if block else SafeString("")

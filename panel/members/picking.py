"""Choosing among any number of services, a page at a time, without a script."""

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict

from tenants.models import Tenant

PAGE_SIZE: Final = 50


@dataclass(frozen=True)
class Picking:
    """The services that are shown now, and those that stay chosen out of sight."""

    page: Page[Tenant]
    chosen: frozenset[int]
    total: int
    """Of the account."""
    search: str = ""
    only_chosen: bool = False

    @property
    def kept(self) -> str:
        """The chosen ones that are not on this page, for a hidden field."""
        shown = {tenant.pk for tenant in self.page.object_list}
        return ",".join(str(pk) for pk in sorted(self.chosen - shown))

    @property
    def is_long(self) -> bool:
        return self.total > PAGE_SIZE


def picking(rows: QuerySet[Tenant], chosen: frozenset[int], asked: QueryDict) -> Picking:
    """What the form shows of `rows`; `asked` holds search, page and what was ticked."""
    search = asked.get("search", "").strip()[:100]
    only_chosen = "only_chosen" in asked
    shown = rows.order_by("sort_name", "pk")
    if search:
        names = Q(display_name__icontains=search) | Q(service_name__icontains=search)
        shown = shown.filter(names)
    if only_chosen:
        shown = shown.filter(pk__in=chosen)
    pages = Paginator(shown, PAGE_SIZE)
    number: Any = asked.get("to_page") or 1
    return Picking(pages.get_page(number), chosen, rows.count(), search, only_chosen)


def ticked(sent: QueryDict) -> frozenset[int]:
    """What is chosen in a form that was sent: ticked on its page, or kept from others."""
    texts = [*sent.getlist("tenant"), *sent.get("kept", "").split(",")]
    return frozenset(int(text) for text in texts if text.isdecimal() and len(text) < 19)

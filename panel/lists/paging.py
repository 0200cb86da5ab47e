"""Pages of a long list."""

from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.db.models.query import ModelIterable


class Pages(Paginator[Any]):
    """Chooses the rows of a page before it reads them: a database that sorts whole rows, with
    all that is computed for each, spends most of its time on those that nobody sees."""

    def page(self, number: int | str) -> Page[Any]:
        page = super().page(number)
        rows, shown = self.object_list, cast("QuerySet[Any]", page.object_list)
        if isinstance(rows, QuerySet) and issubclass(rows._iterable_class, ModelIterable):
            chosen = list(shown.values_list("pk", flat=True))
            found = rows.order_by().in_bulk(chosen)
            page.object_list = [found[pk] for pk in chosen if pk in found]
        return page

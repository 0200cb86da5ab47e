"""One page and one export for all account-wide lists."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import Actor, actor_of, saved_view_for, saved_views_of
from accounts.services import delete_view, save_view
from common.refusals import Impossible
from journal import services as journal
from panel.bulk.access import recent_jobs
from panel.bulk.actions import ACTIONS, EXPORTED
from panel.first_run.guide import points_there
from panel.lists.asked import PAGE_SIZES, Asked, kept_query, read, without_filters
from panel.lists.listing import Listing
from panel.lists.lists import LISTS, STREAMED, WRITERS, rows_asked
from panel.lists.paging import Pages
from panel.lists.stretch import Stretch, cut


class NameForm(forms.Form):
    """The name under which the present view is kept."""

    name = forms.CharField(label=gettext_lazy("Name of the view"), max_length=60)


@login_required
@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest, which: str) -> HttpResponse:
    """The list as the address asks; a POST keeps what the address asks under a name."""
    actor = actor_of(request)
    shown = LISTS[which].seen_by(actor)
    naming = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and naming.is_valid() and _save(actor, shown, request, naming):
        return redirect(request.get_full_path())
    asked = read(shown, request.GET)
    filters = shown.filters(request.GET, actor=actor)
    page = _page(request, shown, shown.sorted(filters.kept(shown.rows(actor)), asked.sort), asked)
    context = {
        "list": shown,
        "asked": asked,
        "heads": [(column, asked.direction(column)) for column in asked.columns],
        "rows": [
            (row.pk, [(column, column.shown(row)) for column in asked.columns])
            for row in page.object_list
        ],
        "page": page,
        "page_sizes": PAGE_SIZES,
        "filters": filters,
        "is_long": _count(page) > STREAMED,
        "unfiltered": without_filters(shown, request.GET),
        "is_filtered": bool(filters.asked),
        "naming": naming,
        "query": kept_query(shown, request.GET),
        "saved": list(saved_views_of(actor, shown.name)),
        "may_create": actor.may_create,
        "first_steps": not page.object_list and points_there(actor),
        "actions": [one for one in ACTIONS.get(which, {}).values() if actor.may(one.need)],
        "may_take": which == EXPORTED,
        "jobs": list(recent_jobs(actor, which)) if which in ACTIONS else [],
    }
    return render(request, "panel/lists/list.html", context, status=422 if naming.errors else 200)


@login_required
@require_GET
def export(request: HttpRequest, which: str, kind: str) -> HttpResponseBase:
    """All rows that pass the filters, with all columns, as a file; noted in the journal.

    A filter that is not understood leads back to the list, which says so: a file never holds more
    than was asked for.
    """
    actor = actor_of(request)
    if which not in LISTS or kind not in WRITERS:
        raise Http404
    shown = LISTS[which].seen_by(actor)
    if shown.filters(request.GET, actor=actor).errors:
        return redirect(f"{reverse(shown.url_name)}?{request.GET.urlencode()}")
    rows = rows_asked(actor, shown, request.GET)
    if rows.order_by()[: STREAMED + 1].count() > STREAMED:
        messages.warning(request, _("These are too many rows for one answer: make a file."))
        return redirect(f"{reverse(shown.url_name)}?{request.GET.urlencode()}")
    return sent(actor, shown, rows, kind, kept_query(shown, request.GET))


def sent(
    actor: Actor, shown: Listing[Any], rows: QuerySet[Any], kind: str, query: str
) -> StreamingHttpResponse:
    """These rows as a file; `query` is what is noted of how they were chosen."""
    write, content_type = WRITERS[kind]
    _note(actor, shown, kind, query, rows.count())
    name = f"{shown.name}-{actor.account.nic_handle}-{localdate():%Y-%m-%d}.{kind}"
    return StreamingHttpResponse(
        write(rows, shown.columns),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@login_required
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a saved view of one's own."""
    view = saved_view_for(actor_of(request), pk)
    delete_view(view=view)
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect(LISTS[view.list].url_name if view.list in LISTS else "panel:home")


def _page(
    request: HttpRequest, shown: Listing[Any], rows: QuerySet[Any], asked: Asked
) -> Page[Any] | Stretch:
    if shown.is_endless:
        return cut(rows, asked.page_size, request.GET)
    return Pages(rows, asked.page_size).get_page(request.GET.get("page"))


def _count(page: Page[Any] | Stretch) -> int:
    return page.total if isinstance(page, Stretch) else page.paginator.count


def _save(actor: Actor, shown: Listing[Any], request: HttpRequest, naming: NameForm) -> bool:
    name, query = naming.cleaned_data["name"], kept_query(shown, request.GET)
    try:
        save_view(actor=actor, listing=shown.name, name=name, query=query)
    except Impossible as error:
        naming.add_error("name", str(error))
        return False
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": name})
    return True


@transaction.atomic
def _note(actor: Actor, shown: Listing[Any], kind: str, query: str, rows: int) -> None:
    journal.record(
        kind="list.exported",
        account_id=actor.account.pk,
        subject=actor.account.key,
        data={"list": shown.name, "format": kind, "query": query, "rows": rows},
        by=actor.by,
    )

"""The list of notifications, the bell, and what a person chooses."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import Actor, actor_of, choose_account, person_of
from accounts.forms import show_refusal
from accounts.services import choose_ways
from common.clock import microsoft_now
from common.refusals import Impossible
from inbox import services
from inbox.access import (
    membership_of,
    notification_for,
    person_notification,
    shown_to,
    snooze_for,
    unread_count,
)
from inbox.forms import ChoicesForm, Filters, QuietForm
from inbox.quiet import named

PAGE_SIZES = (25, 50, 100)
LATER = {"tomorrow": timedelta(days=1), "week": timedelta(days=7)}


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Newest first; unread ones say so. Filters stand in the address."""
    actor = actor_of(request)
    filters = Filters(request.GET)
    rows = filters.kept(shown_to(actor)).for_page()
    asked = request.GET.get("page_size", "")
    size = int(asked) if asked.isdecimal() and int(asked) in PAGE_SIZES else PAGE_SIZES[0]
    context = {
        "page": Paginator(rows, size).get_page(request.GET.get("page")),
        "page_sizes": PAGE_SIZES,
        "size": size,
        "filters": filters,
    }
    return render(request, "inbox/index.html", context)


@require_GET
@never_cache
def bell(request: HttpRequest) -> HttpResponse:
    """The bell alone: the page asks for it now and then, and says what it shows (`was`).

    To one whose session has ended nothing is said: what they are writing must not go away.
    """
    if not request.user.is_authenticated:
        return HttpResponse(headers={"HX-Reswap": "none"})
    unread, was = unread_count(actor_of(request)), request.GET.get("was", "")
    grew = was.isdecimal() and unread > int(was)
    return render(request, "inbox/_bell.html", {"unread": unread, "grew": grew})


@login_required
@require_GET
@never_cache
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the thing itself, in its account; what was looked at is read."""
    row = person_notification(person_of(request), pk)
    choose_account(request, row.membership.account_id)
    row.read(microsoft_now())
    return redirect(row.target)


@login_required
@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """`deed`: read, unread, tomorrow or week (shown again then)."""
    row = notification_for(actor_of(request), pk)
    deed, at = request.POST.get("deed", ""), microsoft_now()
    if deed in LATER:
        row.put_off(at + LATER[deed])
        messages.success(request, _("It comes back then, unread."))
    elif deed == "unread":
        row.unread()
    else:
        row.read(at)
    return redirect(_back(request))


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """All that the filters show."""
    rows = Filters(request.POST).kept(shown_to(actor_of(request)))
    number = services.read_all(rows=rows)
    text = ngettext("%(n)s is marked as read.", "%(n)s are marked as read.", number)
    messages.success(request, text % {"n": number})
    return redirect(_back(request))


@login_required
@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """What is told how, per topic; and what is quiet for a while."""
    actor = actor_of(request)
    membership = membership_of(actor)
    form = ChoicesForm(request.POST or None, membership=membership)
    if request.method == "POST" and form.is_valid():
        choose_ways(membership=membership, ways=form.ways)
        messages.success(request, _("Your choices are kept."))
        return redirect("inbox:choices")
    quiet = QuietForm(actor=actor, initial={"service": request.GET.get("service", "")})
    return _choices_page(request, actor, form, quiet)


@login_required
@require_http_methods(["GET", "POST"])
def quiet(request: HttpRequest) -> HttpResponse:
    """Ask for quiet about a topic or a service."""
    actor = actor_of(request)
    if request.method == "GET":
        return redirect("inbox:choices")
    form = QuietForm(request.POST, actor=actor)
    if form.is_valid():
        try:
            services.be_quiet(actor=actor, **form.asked)
        except Impossible as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("You are told nothing of it until then."))
            return redirect("inbox:choices")
    return _choices_page(request, actor, ChoicesForm(membership=membership_of(actor)), form)


@login_required
@require_POST
def end_quiet(request: HttpRequest, pk: int) -> HttpResponse:
    """Be told again at once."""
    actor = actor_of(request)
    services.be_told_again(actor=actor, snooze=snooze_for(actor, pk))
    messages.success(request, _("You are told of it again."))
    return redirect("inbox:choices")


def _choices_page(
    request: HttpRequest, actor: Actor, form: ChoicesForm, quiet: QuietForm
) -> HttpResponse:
    context = {
        "form": form,
        "quiet": quiet,
        "snoozes": named(actor),
    }
    bad = form.errors or (quiet.is_bound and quiet.errors)
    return render(request, "inbox/choices.html", context, status=422 if bad else 200)


def _back(request: HttpRequest) -> str:
    """The list as it was filtered, nothing outside."""
    asked = request.POST.get("next", "")
    home = reverse("inbox:index")
    is_safe = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_safe and asked.startswith(home) else home

"""The steps of the wizard, for the operator alone while it is open."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import actor_of, person_of
from accounts.forms import SiteForm, show_refusal
from accounts.models import Membership, Site
from accounts.remote import partner_check
from accounts.services import change_site
from common.refusals import Impossible
from connections.services import check_now
from dnsconfig import services as dns
from dnsconfig import words
from dnsconfig.forms import ConnectionForm
from journal.models import Operation
from panel import doctor
from panel.doctor import outside as network
from panel.first_run import checks, services
from panel.first_run.access import open_setup, operator_of
from panel.first_run.forms import ResellerForm
from panel.first_run.models import Setup
from panel.first_run.steps import Name, standings, url_after

Step = Callable[[HttpRequest, Setup], HttpResponse]


def _step(view: Step) -> Callable[[HttpRequest], HttpResponse]:
    """404 for everybody while the wizard is closed; sign-in for one whom nobody knows."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        setup = open_setup()
        if not request.user.is_authenticated:
            return redirect("panel:setup")
        operator_of(request)
        return view(request, setup)

    return never_cache(require_http_methods(["GET", "HEAD", "POST"])(guarded))


def _page(
    request: HttpRequest, setup: Setup, step: Name, *, status: int = 200, **context: Any
) -> HttpResponse:
    rows = standings(setup)
    context |= {
        "setup": setup,
        "standings": rows,
        "step": step,
        "is_done": any(one.is_done for one in rows if one.name == step),
        "after": url_after(step) if step != Name.SUMMARY else "",
    }
    return render(request, f"panel/first_run/{step}.html", context, status=status)


@_step
def site(request: HttpRequest, setup: Setup) -> HttpResponse:
    """Name, languages, time zone, support; and whether the address is the right one."""
    form = SiteForm(request.POST or None, instance=Site.current())
    if request.method == "POST" and form.is_valid():
        change_site(facts=form.cleaned_data, by=person_of(request).by)
        return redirect(url_after(Name.SITE))
    findings = checks.of_site(request)
    status = 422 if form.errors else 200
    return _page(request, setup, Name.SITE, form=form, findings=findings, status=status)


@_step
def mail(request: HttpRequest, setup: Setup) -> HttpResponse:
    """How mail leaves, and a test mail to the operator with what became of it."""
    person = person_of(request)
    if request.method == "POST":
        services.send_test_mail(setup=setup, person=person)
        return redirect(f"{request.path}#sent")
    sent = Operation.objects.filter(pk=setup.mail_id or 0).first()
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "panel/first_run/_sent.html", {"sent": sent, "setup": setup})
    told = {
        "server": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        "login": settings.EMAIL_HOST_USER,
        "is_tls": settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL,
        "sender": settings.DEFAULT_FROM_EMAIL,
    }
    findings = [network.mail_server()]
    return _page(request, setup, Name.MAIL, sent=sent, told=told, findings=findings)


@_step
def microsoft(request: HttpRequest, setup: Setup) -> HttpResponse:
    """Each region's application and sign-in; the way there is a link, as forms may not leave."""
    if request.method == "POST":
        alias = request.POST.get("alias", "")
        if alias not in settings.PARTNER_CENTER:
            raise Http404
        check_now(alias=alias, by=person_of(request).by)
        return redirect(f"{request.path}#{alias}")
    back = request.build_absolute_uri(reverse("admin:signed_in"))
    return _page(request, setup, Name.MICROSOFT, regions=checks.of_regions(), back=back)


@_step
def reseller(request: HttpRequest, setup: Setup) -> HttpResponse:
    """The first account: its MPN ID is judged by Microsoft now, its owner invited by mail."""
    start = {"time_zone": Site.current().time_zone, "language": Site.current().language}
    form = ResellerForm(request.POST or None, initial=start)
    if request.method == "POST" and setup.account is None and form.is_valid():
        given, by = form.cleaned_data, person_of(request).by
        mpn_id = given["mpn_id"]
        verdict = partner_check(alias=given["region"], mpn_id=mpn_id) if mpn_id else None
        try:
            account = services.open_first_reseller(
                setup=setup,
                name=given["name"],
                email=given["email"],
                verdict=verdict,
                by=by,
                **form.facts,
            )
        except Impossible as refusal:
            show_refusal(form, refusal)
        else:
            text = _("%(name)s is there, and %(email)s is invited.")
            messages.success(request, text % {"name": account.name, "email": given["email"]})
            return redirect(url_after(Name.RESELLER))
    status = 422 if form.errors else 200
    return _page(request, setup, Name.RESELLER, form=form, status=status)


@_step
def zones(request: HttpRequest, setup: Setup) -> HttpResponse:
    """Keys of the first reseller at OVH; whether they open anything is seen by listing."""
    form = ConnectionForm(request.POST or None, provider="ovh", initial={"label": "OVH"})
    account = setup.account
    if request.method == "POST" and account is not None and form.is_valid():
        try:
            dns.add_connection(
                account=account,
                provider="ovh",
                label=form.cleaned_data["label"],
                keys=form.keys(),
                by=person_of(request).by,
            )
        except Impossible as refusal:
            show_refusal(form, refusal)
        else:
            return redirect(f"{request.path}#connected")
    rows = list(account.zone_connections.order_by("pk")) if account else []
    listings = [
        (row, Operation.objects.filter(subject=row.key).order_by("-pk").first()) for row in rows
    ]
    return _page(
        request,
        setup,
        Name.ZONES,
        form=form,
        listings=listings,
        about=words.ABOUT["ovh"],
        endpoint=settings.ZONE_PROVIDERS["ovh"]["OPTIONS"]["endpoint"],
        status=422 if form.errors else 200,
    )


@_step
def summary(request: HttpRequest, setup: Setup) -> HttpResponse:
    """Every step, what the doctor finds, and the end: then nobody can open the wizard."""
    if request.method == "POST":
        services.finish(setup=setup, by=person_of(request).by)
        messages.success(request, _("The portal is set up."))
        return redirect("panel:health")
    found = doctor.examination()
    fine = doctor.State.OK
    findings = [one for one in found.results if one.finding.state != fine]
    return _page(request, setup, Name.SUMMARY, found=found, results=findings)


@require_POST
@_step
def later(request: HttpRequest, setup: Setup) -> HttpResponse:
    """Skip a step; it can be come back to until the end."""
    step = request.POST.get("step", "")
    if step not in Name or step == Name.SUMMARY:
        raise Http404
    services.put_off(setup=setup, step=step)
    return redirect(url_after(Name(step)))


@login_required
@require_POST
def hide(request: HttpRequest) -> HttpResponse:
    """The first steps of this account are shown to this person no more."""
    actor = actor_of(request)
    services.hide_guide(membership=Membership.objects.get(user=actor.user, account=actor.account))
    return redirect("panel:home")

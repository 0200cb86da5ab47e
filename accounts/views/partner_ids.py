"""MPN IDs of the account: digits, then the name Microsoft knows, then registered."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import remote, services, verdicts
from accounts.access import Actor, actor_of, partner_id_for
from accounts.forms import PartnerIdForm, show_refusal
from accounts.models import PartnerId, Role
from accounts.verdicts import Verdict
from common.refusals import Impossible

PATIENT = 20.0
"""Seconds to wait for Microsoft after a form was sent."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def partner_ids(request: HttpRequest) -> HttpResponse:
    """The list and the form; a good MPN ID is shown with its name, to be confirmed."""
    actor = actor_of(request)
    form = PartnerIdForm(request.POST or None)
    if request.method != "POST":
        return _page(request, actor, form)
    actor.need(Role.OWNER)
    if not form.is_valid():
        return _page(request, actor, form)
    verdict = remote.partner_check(
        alias=actor.account.region, mpn_id=form.cleaned_data["mpn_id"], timeout=PATIENT
    )
    if verdict.is_valid and not form.cleaned_data["confirmed_name"]:
        return render(request, "accounts/confirm_partner_id.html", {"verdict": verdict})
    return _register(request, actor, form, verdict)


@login_required
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """The live check beside the field: good with its name, refused, held, or cannot tell."""
    actor = actor_of(request)
    actor.need(Role.OWNER)
    mpn_id = request.POST.get("mpn_id", "").strip()
    if not mpn_id:
        return HttpResponse()
    verdict = remote.partner_check(alias=actor.account.region, mpn_id=mpn_id)
    held = PartnerId.objects.held_elsewhere(actor.account, mpn_id)
    return render(request, "accounts/_partner_check.html", {"verdict": verdict, "held": held})


@login_required
@require_POST
def recheck(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    partner = partner_id_for(actor, pk, need=Role.OWNER)
    services.recheck(partner_id=partner, by=actor.by)
    messages.success(request, _("Microsoft is being asked about %(id)s.") % {"id": partner.mpn_id})
    came_from_board = request.POST.get("next") == "board"
    return redirect("accounts:partner_board" if came_from_board else "accounts:partner_ids")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; the answer is a POST."""
    actor = actor_of(request)
    partner = partner_id_for(actor, pk, need=Role.OWNER)
    if request.method != "POST":
        context = {
            "partner": partner,
            "running": partner.tenants.count(),
            "grace_days": settings.MPN_GRACE_DAYS,
        }
        return render(request, "accounts/remove_partner_id.html", context)
    if services.remove_partner_id(partner_id=partner, by=actor.by):
        messages.success(request, _("MPN ID %(id)s is removed.") % {"id": partner.mpn_id})
    return redirect("accounts:partner_ids")


def _register(
    request: HttpRequest, actor: Actor, form: PartnerIdForm, verdict: Verdict
) -> HttpResponse:
    try:
        partner = services.register_partner_id(
            account=actor.account,
            verdict=verdict,
            confirmed_name=form.cleaned_data["confirmed_name"],
            by=actor.by,
        )
    except Impossible as refusal:
        show_refusal(form, refusal)
        return _page(request, actor, form, verdict)
    messages.success(request, _("MPN ID %(id)s is registered.") % {"id": partner.mpn_id})
    return redirect("accounts:partner_ids")


def _page(
    request: HttpRequest, actor: Actor, form: PartnerIdForm, verdict: Verdict | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "verdict": verdict,
        "partner_ids": PartnerId.objects.registered().filter(account=actor.account),
        "may_change": actor.may(Role.OWNER),
        "create_url": verdicts.CREATE_URL,
        "enrol_url": verdicts.ENROL_URL,
        "agreement_url": verdicts.AGREEMENT_URL,
    }
    status = 422 if form.errors else 200
    return render(request, "accounts/partner_ids.html", context, status=status)

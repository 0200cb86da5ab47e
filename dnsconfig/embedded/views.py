"""Pages of own zones: the owner creates and deletes them, operators change records."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import Actor, actor_of
from accounts.models import Role
from accounts.second_factor.grave import Grave
from common.refusals import Impossible
from dnsconfig.embedded import services, wishes, writing
from dnsconfig.embedded.access import heard_of, own_record_for, own_zone_for, own_zones_of
from dnsconfig.embedded.forms import RecordForm, SettingsForm, ZoneForm
from dnsconfig.embedded.models import OwnZone
from dnsconfig.embedded.services import Created
from dnsconfig.embedded.zonefile import written

PAGE = 50


@login_required
@require_GET
def own_zones(request: HttpRequest) -> HttpResponse:
    """The account's own zones."""
    actor = actor_of(request)
    page = Paginator(own_zones_of(actor), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_own": actor.may(Role.OWNER)}
    return render(request, "dnsconfig/embedded/zones.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_own_zone(request: HttpRequest) -> HttpResponse:
    """Create a zone, from a zone file if there is one."""
    actor = actor_of(request)
    actor.need(Role.OWNER)
    form = ZoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            wish = wishes.read(form.cleaned_data)
            made = services.create_zone(account=actor.account, wish=wish, by=actor.by)
        except Impossible as error:
            _put_errors(form, error)
        else:
            _tell(request, made)
            return redirect(made.zone)
    status = 422 if form.errors else 200
    return render(request, "dnsconfig/embedded/new.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def own_zone(request: HttpRequest, name: str) -> HttpResponse:
    """A zone with its records; POST adds one."""
    actor = actor_of(request)
    need = Role.OPERATOR if request.method == "POST" else Role.VIEWER
    zone = own_zone_for(actor, name, need=need)
    form = RecordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            record = wishes.record(
                zone=zone.name,
                name=typed["name"],
                kind=typed["type"],
                value=typed["value"],
                ttl=typed["ttl"],
            )
            services.add_record(zone=zone, record=record, by=actor.by)
            messages.success(request, _("The record was added."))
            return redirect(zone)
        except Impossible as error:
            _put_errors(form, error)
    return _zone_page(request, actor, zone, form)


@login_required
@require_http_methods(["GET", "POST"])
def change_own_zone(request: HttpRequest, name: str) -> HttpResponse:
    """Other servers, another key."""
    actor = actor_of(request)
    zone = own_zone_for(actor, name, need=Role.OWNER)
    form = SettingsForm(request.POST) if request.method == "POST" else SettingsForm.of(zone)
    if request.method == "POST" and form.is_valid():
        try:
            wish = wishes.read({"name": zone.name, **form.cleaned_data}, keeps=zone.tsig_name)
            services.change_zone(zone=zone, wish=wish, by=actor.by)
            messages.success(request, _("Saved."))
            return redirect(zone)
        except Impossible as error:
            _put_errors(form, error)
    context = {"zone": zone, "form": form}
    status = 422 if form.errors else 200
    return render(request, "dnsconfig/embedded/settings.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def remove_own_record(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Ask, then take one record out."""
    actor = actor_of(request)
    row = own_record_for(actor, name, pk, need=Role.OPERATOR)
    if request.method == "POST":
        try:
            services.remove_record(row=row, by=actor.by)
            messages.success(request, _("The record was removed."))
        except Impossible as error:
            messages.error(request, str(error))
        return redirect(row.zone)
    context = {"zone": row.zone, "record": row.record}
    return render(request, "dnsconfig/embedded/remove.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def delete_own_zone(request: HttpRequest, name: str) -> HttpResponse:
    """Ask for its name and a proof, then forget the zone."""
    actor = actor_of(request)
    zone = own_zone_for(actor, name, need=Role.OWNER)
    grave = Grave(request, name=zone.name)
    if request.method == "POST" and grave.form.is_valid():
        if way := grave.missing():
            return way
        try:
            services.delete_zone(zone=zone, by=actor.by)
        except Impossible as error:
            messages.error(request, str(error))
            return redirect(zone)
        messages.success(request, _("The zone was deleted."))
        return redirect("dnsconfig:own_zones")
    context = {
        "zone": zone,
        "grave": grave,
        "count": zone.records.count(),
        "takes_mail": zone.records.filter(type="MX").exists(),
    }
    status = 422 if grave.form.errors else 200
    return render(request, "dnsconfig/embedded/delete.html", context, status=status)


@login_required
@require_GET
def own_zone_file(request: HttpRequest, name: str) -> HttpResponse:
    """The zone as a file (RFC 1035 §5)."""
    return zone_file(own_zone_for(actor_of(request), name))


def zone_file(zone: OwnZone) -> HttpResponse:
    """A download; the name is plain ASCII, so the header needs no quoting."""
    text = written(zone.name, writing.snapshot(zone).records)
    name = f'attachment; filename="{zone.name}.zone"'
    return HttpResponse(text, content_type="text/dns", headers={"Content-Disposition": name})


def _zone_page(request: HttpRequest, actor: Actor, zone: OwnZone, form: RecordForm) -> HttpResponse:
    page = Paginator(zone.records.all(), PAGE).get_page(request.GET.get("page"))
    notice, heard = heard_of(zone)
    context = {
        "zone": zone,
        "page": page,
        "rows": [row.record for row in page],
        "form": form,
        "notice": notice,
        "heard": heard,
        "may_operate": actor.may(Role.OPERATOR),
        "may_own": actor.may(Role.OWNER),
    }
    status = 422 if form.errors else 200
    return render(request, "dnsconfig/embedded/zone.html", context, status=status)


def _tell(request: HttpRequest, made: Created) -> None:
    messages.success(request, _("The zone was created."))
    if made.outside:
        text = ngettext(
            "%(count)d record of another zone was left out.",
            "%(count)d records of other zones were left out.",
            made.outside,
        )
        messages.warning(request, text % {"count": made.outside})
    if made.signatures:
        text = ngettext(
            "%(count)d DNSSEC record was left out: the zone is not signed here.",
            "%(count)d DNSSEC records were left out: the zone is not signed here.",
            made.signatures,
        )
        messages.warning(request, text % {"count": made.signatures})


def _put_errors(form: forms.Form, error: Impossible) -> None:
    for field, texts in error.errors.items():
        form.add_error(field if field in form.fields else None, texts[0])

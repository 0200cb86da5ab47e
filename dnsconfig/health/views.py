"""Pages of the health of domains."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import actor_of
from accounts.models import Role
from common.refusals import Impossible
from dnsconfig import intake
from dnsconfig.health import services, shown
from dnsconfig.health.access import configured_domains, domain_for
from dnsconfig.models import Domain

HISTORY, PAGE = 10, 25


@login_required
@require_http_methods(["GET", "POST"])
def health(request: HttpRequest, service_name: str, name: str) -> HttpResponse:
    """The latest look and those before; POST: *Check now*."""
    actor = actor_of(request)
    need = Role.OPERATOR if request.method == "POST" else Role.VIEWER
    domain = domain_for(actor, service_name, name, need=need)
    if request.method == "POST":
        try:
            services.check_now(domain=domain, by=actor.by)
        except Impossible as error:
            messages.error(request, str(error))
        return _back(domain)
    page = Paginator(domain.health_checks.all(), HISTORY).get_page(request.GET.get("page"))
    last = domain.health_checks.first()
    context = {
        "domain": domain,
        "tenant": domain.tenant,
        "look": last,
        "rows": shown.rows_of(last) if last else [],
        "page": page,
        "history": [shown.Look(one) for one in page],
        "under_way": services.look_under_way(domain),
        "may_operate": actor.may(Role.OPERATOR),
    }
    return render(request, "dnsconfig/health.html", context)


@login_required
@require_POST
def repair(request: HttpRequest, service_name: str, name: str) -> HttpResponse:
    """*Plan the repair*: the configuration of the same services, shown before it is written."""
    actor = actor_of(request)
    domain = domain_for(actor, service_name, name, need=Role.OPERATOR)
    try:
        run = intake.begin(
            actor=actor, tenant=domain.tenant, domain_name=domain.name, wanted=domain.services
        )
    except Impossible as error:
        messages.error(request, str(error))
        return _back(domain)
    return redirect(run)


@login_required
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """All configured domains of the account, worst first."""
    rows = configured_domains(actor_of(request))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "domains": [shown.Summary(domain) for domain in page]}
    return render(request, "dnsconfig/health_overview.html", context)


def _back(domain: Domain) -> HttpResponse:
    return redirect("dnsconfig:health", domain.tenant.service_name, domain.name)

"""Which domain somebody means, and where its zone is."""

from django.utils.translation import gettext as _

from accounts.models import Account
from common.refusals import Impossible
from dnsconfig import words
from dnsconfig.models import Domain, ZoneConnection
from dnsconfig.names import BadName, clean_domain
from tenants.models import Tenant


def domain_of(tenant: Tenant, typed: str) -> Domain:
    """The row of a domain that lies in one of the account's zones. Raises Impossible."""
    try:
        name = clean_domain(typed)
    except BadName as error:
        raise Impossible(words.bad_name(error), field="domain", code=error.code) from error
    connection, zone = _holder(tenant.account, name)
    _refuse_held_elsewhere(tenant, name)
    domain, _new = Domain.objects.update_or_create(
        tenant=tenant, name=name, defaults={"connection": connection, "zone": zone}
    )
    return domain


def _refuse_held_elsewhere(tenant: Tenant, name: str) -> None:
    """Microsoft knows a domain in one tenant only; a proved one is not taken away."""
    others = Domain.objects.filter(name=name, verified_at__isnull=False).exclude(tenant=tenant)
    if not others.exists():
        return
    mine = others.filter(tenant__account=tenant.account).select_related("tenant").first()
    if mine is None:
        text = _("%(name)s belongs to another customer.") % {"name": name}
    else:
        text = _("%(name)s belongs to the service %(service)s already.") % {
            "name": name,
            "service": mine.tenant.display_name,
        }
    raise Impossible(text, field="domain", code="taken")


def _holder(account: Account, name: str) -> tuple[ZoneConnection, str]:
    """The connection whose zone holds the name most closely."""
    found = [(c, zone) for c in account.zone_connections.all() if (zone := c.zone_of(name))]
    if not found:
        raise Impossible(words.in_no_zone(name), field="domain", code="zone")
    return max(found, key=lambda pair: len(pair[1]))

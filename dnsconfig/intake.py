"""Takes a wish from a page or the API: the live check first, then the one call."""

from collections.abc import Collection, Mapping

from accounts.access import Actor
from common.refusals import Impossible
from dnsconfig import remote, services, words
from dnsconfig.access import connection_of_zone, zones_beyond
from dnsconfig.extras import BadExtra, Extras
from dnsconfig.models import DnsPlan, ZoneConnection
from dnsconfig.names import BadName, clean_domain
from tenants.models import Tenant


def begin(
    *,
    actor: Actor,
    tenant: Tenant,
    domain_name: str,
    wanted: Collection[str],
    extras: Mapping[str, str] | None = None,
    is_dry: bool = False,
    is_ahead_of_delegation: bool = False,
) -> DnsPlan:
    """Prepare a domain. Raises Impossible, at once for a zone that nobody would see.

    `extras`: the texts of `Extras.clean`. Where the delegation cannot be told within seconds the
    journal finds out.
    """
    held = _zone_of(actor, domain_name)
    if held is not None and held[1] in zones_beyond(actor):
        raise Impossible(words.in_no_zone(domain_name), field="domain", code="zone")
    if held is not None and not is_ahead_of_delegation:
        _refuse_unseen_zone(*held)
    return services.prepare(
        tenant=tenant,
        domain_name=domain_name,
        services=wanted,
        extras=_extras(extras or {}),
        is_dry=is_dry,
        is_ahead_of_delegation=is_ahead_of_delegation,
        by=actor.by,
    )


def _extras(texts: Mapping[str, str]) -> Extras:
    try:
        return Extras.clean(**texts)
    except BadExtra as error:
        raise Impossible(words.bad_extra(error), field=error.field, code=error.code) from error


def _zone_of(actor: Actor, domain_name: str) -> tuple[ZoneConnection, str] | None:
    try:
        return connection_of_zone(actor, clean_domain(domain_name))
    except BadName:
        return None  # the use case says why


def _refuse_unseen_zone(connection: ZoneConnection, zone: str) -> None:
    problem = remote.check_delegation(connection, zone)
    if problem:
        raise Impossible(words.problem(problem), field="domain", code=problem["code"])

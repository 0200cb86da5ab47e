"""Takes a wish from a page or the API: the live check first, then the one call."""

from collections.abc import Collection, Mapping

from accounts.access import Actor
from common.refusals import Impossible
from dnsconfig import remote, services, words
from dnsconfig.access import connection_of_zone
from dnsconfig.extras import BadExtra, Extras
from dnsconfig.models import DnsPlan
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
) -> DnsPlan:
    """Prepare a domain. Raises Impossible, at once for a zone that nobody would see.

    `extras`: the texts of `Extras.clean`. Where the delegation cannot be told within seconds the
    journal finds out.
    """
    _refuse_unseen_zone(actor, domain_name)
    return services.prepare(
        tenant=tenant,
        domain_name=domain_name,
        services=wanted,
        extras=_extras(extras or {}),
        is_dry=is_dry,
        by=actor.by,
    )


def _extras(texts: Mapping[str, str]) -> Extras:
    try:
        return Extras.clean(**texts)
    except BadExtra as error:
        raise Impossible(words.bad_extra(error), field=error.field, code=error.code) from error


def _refuse_unseen_zone(actor: Actor, domain_name: str) -> None:
    try:
        held = connection_of_zone(actor, clean_domain(domain_name))
    except BadName:
        return  # the use case says why
    if held is None:
        return
    problem = remote.check_delegation(*held)
    if problem:
        raise Impossible(words.problem(problem), field="domain", code=problem["code"])

"""Takes a wish from a page or the API: the live check first, then the one call."""

from collections.abc import Collection

from accounts.access import Actor
from common.refusals import Impossible
from dnsconfig import remote, services, words
from dnsconfig.access import connection_of_zone
from dnsconfig.models import DnsPlan
from dnsconfig.names import BadName, clean_domain
from tenants.models import Tenant


def begin(*, actor: Actor, tenant: Tenant, domain_name: str, wanted: Collection[str]) -> DnsPlan:
    """Prepare a domain. Raises Impossible, at once for a zone that nobody would see.

    Where the delegation cannot be told within seconds the journal finds out.
    """
    _refuse_unseen_zone(actor, domain_name)
    return services.prepare(tenant=tenant, domain_name=domain_name, services=wanted, by=actor.by)


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

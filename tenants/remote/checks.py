"""Live checks of the delegation form: 3 seconds of patience; a failure is *cannot tell*."""

import logging

from common.errors import RemoteError
from partnercenter import connect
from tenants.remote.delegation import find
from tenants.wishes import SUFFIX

log = logging.getLogger(__name__)

PATIENCE = 3.0


def exists(market: str, tenant_name: str) -> bool | None:
    """Does Microsoft know a tenant of this name? None: cannot tell."""
    try:
        prefix = tenant_name.removesuffix(SUFFIX)
        return connect(market).domain_is_taken(prefix=prefix, timeout=PATIENCE)
    except RemoteError as error:
        log.info("live check of a tenant: %s %s", type(error).__name__, error.code)
        return None


def is_related(market: str, tenant_name: str) -> bool | None:
    """Has its customer a relationship with the provider already? None: cannot tell."""
    try:
        return find(connect(market), tenant_name, timeout=PATIENCE) is not None
    except RemoteError as error:
        log.info("live look for a customer: %s %s", type(error).__name__, error.code)
        return None

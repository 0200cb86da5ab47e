"""Where an account's zones are, the domains of its tenants, and the plans made for them."""

from dnsconfig.embedded.models import OwnRecord, OwnZone
from dnsconfig.health.models import HealthCheck
from dnsconfig.models.connections import ZoneConnection
from dnsconfig.models.domains import Domain
from dnsconfig.models.plans import DnsPlan, Kind, PlanState

__all__ = [
    "DnsPlan",
    "Domain",
    "HealthCheck",
    "Kind",
    "OwnRecord",
    "OwnZone",
    "PlanState",
    "ZoneConnection",
]

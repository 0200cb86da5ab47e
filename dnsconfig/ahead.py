"""What the zone will meet, before anything is written, even the proof of ownership. Pure.

Names and most targets that the services stand for are known beforehand. They are looked at only to
show what stands in the way: what is written comes from Microsoft's answer alone.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from dnsconfig import clouds, plan
from dnsconfig.extras import Extras
from dnsconfig.plan import Action, Change, Option, Plan, Way
from dnsconfig.plan.exchanges import foreign, why_in_the_way
from dnsconfig.records import Record, Snapshot
from partnercenter.types.domains import EMAIL


def look(
    *,
    domain: str,
    services: Collection[str],
    existing: Snapshot,
    cloud: str = clouds.WORLDWIDE,
    extras: Extras | None = None,
    decisions: Mapping[str, Way] | None = None,
) -> Plan:
    """The likely plan; it is decided on, and never written."""
    wanted = [*clouds.likely(domain=domain, services=services, cloud=cloud)]
    wanted += (extras or Extras()).wanted(domain)
    made = plan.make(
        wanted=wanted, existing=existing, unwanted=clouds.unwanted(domain=domain, cloud=cloud)
    )
    exchanges = _exchanges(domain, existing) if EMAIL in services else ()
    return replace(made, changes=(*exchanges, *made.changes)).decide(decisions or {})


def _exchanges(domain: str, existing: Snapshot) -> tuple[Change, ...]:
    """Which MX Microsoft will name is not known yet: those of others are known to be in the way."""
    strangers = foreign(existing.at(domain, "MX"))
    if not strangers:
        return ()
    reason = why_in_the_way(strangers)
    ways = (Way.KEEP, Way.REPLACE, Way.STAGE)
    if reason is plan.Reason.NULL_MX:
        ways = (Way.KEEP, Way.REPLACE)  # type: ignore[assignment]
    wanted = Record(domain, "MX", "")
    change = Change(
        key=f"MX {domain}",
        action=Action.CONFLICT,
        reason=reason,
        wanted=wanted,
        found=strangers,
        options=tuple(Option(way) for way in ways),
        suggested=Way.KEEP,
    )
    return (change,)

"""Conflicts that can be seen before anything is written, even the proof of ownership. Pure.

The names, and most targets, that the services stand for are known beforehand. They are looked at
only to find what stands in the way: what is written comes from Microsoft's answer alone.
"""

from collections.abc import Collection

from dnsconfig import compare, plan
from dnsconfig.plan import Action, Change, Plan
from dnsconfig.records import Record, Snapshot, cname, srv, txt
from partnercenter.types.domains import EMAIL, INTUNE, SKYPE


def look(*, domain: str, services: Collection[str], existing: Snapshot) -> Plan:
    """A plan that holds conflicts only; nothing of it is ever written."""
    likely = _likely(domain, services)
    made = plan.make(wanted=likely, existing=existing)
    conflicts = [change for change in made.changes if change.action is Action.CONFLICT]
    if EMAIL in services:
        conflicts += _exchanges(domain, existing)
    return Plan(made.zone, tuple(conflicts), made.cautions, made.fingerprint)


def _exchanges(domain: str, existing: Snapshot) -> list[Change]:
    """Which MX Microsoft will name is not known yet: those of others are known to be in the way."""
    strangers = compare.foreign_exchanges(existing.at(domain, "MX"))
    if not strangers:
        return []
    reason = compare.exchange_conflict(strangers)
    return [Change(Action.CONFLICT, Record(domain, "MX", ""), reason, strangers)]


def _likely(domain: str, services: Collection[str]) -> list[Record]:
    """The worldwide cloud (Microsoft 365, external DNS records)."""
    found: list[Record] = []
    if EMAIL in services:
        found += [
            txt(domain, "v=spf1 include:spf.protection.outlook.com -all"),
            cname(f"autodiscover.{domain}", "autodiscover.outlook.com"),
        ]
    if SKYPE in services:
        found += [
            cname(f"sip.{domain}", "sipdir.online.lync.com"),
            cname(f"lyncdiscover.{domain}", "webdir.online.lync.com"),
            srv(f"_sip._tls.{domain}", 100, 1, 443, "sipdir.online.lync.com"),
            srv(f"_sipfederationtls._tcp.{domain}", 100, 1, 5061, "sipfed.online.lync.com"),
        ]
    if INTUNE in services:
        found += [
            cname(f"enterpriseregistration.{domain}", "enterpriseregistration.windows.net"),
            cname(f"enterpriseenrollment.{domain}", "enterpriseenrollment-s.manage.microsoft.com"),
        ]
    return found

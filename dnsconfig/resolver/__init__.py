"""Asks the DNS itself: from the roots down, one server at a time, nothing cached elsewhere.

Public resolvers may answer from a cache; what an authoritative server says decides.
"""

from django.conf import settings

from dnsconfig.resolver.values import Answer, Delegation, Problem, Server, Told, Unanswered
from dnsconfig.resolver.walk import ROOT_HINTS, Resolver
from dnsconfig.resolver.wire import has_ipv6

__all__ = [
    "ROOT_HINTS",
    "Answer",
    "Delegation",
    "Problem",
    "Resolver",
    "Server",
    "Told",
    "Unanswered",
    "accepts_mail",
    "configured",
]


def configured(*, lifetime: float = 10.0) -> Resolver:
    """The resolver of the settings: the internet's roots, or the sandbox's."""
    ipv6 = not settings.DNS_ROOTS and has_ipv6()
    return Resolver(settings.DNS_ROOTS, port=settings.DNS_PORT, lifetime=lifetime, ipv6=ipv6)


def accepts_mail(domain: str) -> bool | None:
    """A live check, at most three seconds; None: cannot tell."""
    return configured(lifetime=3.0).accepts_mail(domain)

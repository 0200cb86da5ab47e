"""The words for codes: why a name is refused, what stands in the way, what to do about it."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dnsconfig.extras import BadExtra
from dnsconfig.names import BadName
from partnercenter.types.domains import EMAIL, INTUNE, SKYPE

SERVICES: dict[str, str | Promise] = {
    EMAIL: gettext_lazy("Exchange"),
    SKYPE: gettext_lazy("Skype"),
    INTUNE: gettext_lazy("Intune"),
}

PROVIDERS: dict[str, str | Promise] = {
    "ovh": gettext_lazy("OVHcloud"),
    "embedded": gettext_lazy("Own zones"),
    "rfc2136": gettext_lazy("Name server with dynamic updates (RFC 2136)"),
    "by_hand": gettext_lazy("Another DNS host: you copy the records"),
}

ABOUT: dict[str, str | Promise] = {
    "ovh": gettext_lazy(
        "Create keys at OVHcloud with the rights GET, POST, PUT and DELETE on /domain/zone/*, and "
        "GET on /domain/zone and /auth/currentCredential."
    ),
    "rfc2136": gettext_lazy(
        "The key must be allowed to update and to transfer each zone (BIND, Knot, PowerDNS …)."
    ),
    "by_hand": gettext_lazy(
        "For a domain that is hosted elsewhere: the portal shows the records, you write them "
        "there, and the portal checks what the name servers answer."
    ),
}
"""What the owner must prepare at a host of this kind."""

KEYS: dict[str, Any] = {
    "application_key": gettext_lazy("Application key"),
    "application_secret": gettext_lazy("Application secret"),
    "consumer_key": gettext_lazy("Consumer key"),
    "server": gettext_lazy("Name server (primary), with :port unless it is 53"),
    "zones": gettext_lazy("Zones, separated by blanks"),
    "key_name": gettext_lazy("Name of the TSIG key"),
    "algorithm": gettext_lazy("Algorithm"),
    "secret": gettext_lazy("Secret (base64)"),
}

_NAMES: dict[str, str | Promise] = {
    "empty": gettext_lazy("Enter a domain."),
    "email": gettext_lazy("This is an e-mail address. Enter its domain only."),
    "address": gettext_lazy("This is an address. Enter a domain only."),
    "not_a_name": gettext_lazy("This is no valid domain name."),
    "reserved": gettext_lazy("Domains of this kind cannot be configured."),
    "public_suffix": gettext_lazy("This is not a domain that somebody can register."),
}

_EXTRAS: dict[str, str | Promise] = {
    "dkim_target": gettext_lazy(
        "Enter both targets as Exchange Online shows them, e.g. "
        "selector1-example-com._domainkey.example.n-v1.dkim.mail.microsoft."
    ),
    "dkim_mixed": gettext_lazy("Both selectors must belong to the same form and tenant."),
    "mailbox": gettext_lazy("Enter an e-mail address."),
}

LOOK_ALIKE = gettext_lazy(
    "%(name)s mixes scripts whose letters look alike. Make sure that it is the domain you mean."
)

_PROBLEMS: dict[str, str | Promise] = {
    "undelegated": gettext_lazy(
        "%(zone)s is not delegated: nobody on the internet finds it. At your registrar, set these "
        "name servers: %(set)s."
    ),
    "inside": gettext_lazy(
        "%(zone)s is a zone of its own here, but the internet asks %(served)s: delegate it there "
        "to %(set)s, or delete the inner zone."
    ),
    "elsewhere": gettext_lazy(
        "%(zone)s uses other name servers (%(found)s), so records written here would not be seen. "
        "At your registrar, set: %(set)s."
    ),
    "split": gettext_lazy(
        "%(zone)s is delegated to %(found)s. At your registrar, set these servers and no others: "
        "%(set)s."
    ),
    "bogus": gettext_lazy(
        "%(zone)s is signed, but its answers do not validate (%(broken)s): resolvers answer "
        "SERVFAIL, although the name servers look right. Have the zone signed again, or correct "
        "the DS record at your registrar."
    ),
    "outside": gettext_lazy("Microsoft asks for a record outside this domain: %(what)s."),
    "unknown_type": gettext_lazy("Microsoft asks for a record of an unknown type: %(what)s."),
    "empty": gettext_lazy("Microsoft asks for a record without a value: %(what)s."),
    "bad_name": gettext_lazy("Microsoft asks for a record with an invalid name: %(what)s."),
    "bad_target": gettext_lazy("Microsoft asks for a record with an invalid target: %(what)s."),
    "bad_text": gettext_lazy("Microsoft asks for a text that cannot be published: %(what)s."),
    "bad_number": gettext_lazy("Microsoft asks for a number out of range: %(what)s."),
    "broken_spf": gettext_lazy("Microsoft asks for an SPF record that is not valid: %(what)s."),
    "contradiction": gettext_lazy("Microsoft's records contradict each other: %(what)s."),
}


def in_no_zone(name: str) -> str:
    return _("%(name)s is in none of your zones.") % {"name": name}


def bad_name(error: BadName) -> str:
    return str(_NAMES[error.code])


def bad_extra(error: BadExtra) -> str:
    return str(_EXTRAS[error.code])


def problem(facts: dict[str, Any]) -> str:
    """The sentence for a refusal, with what to set or to change."""
    shown = {key: _listed(value) for key, value in facts.items()}
    return str(_PROBLEMS[facts["code"]]) % shown


def _listed(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value) or _("none")
    return str(value)

"""The words for codes: why a name is refused, what stands in the way, what to do about it."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dnsconfig.compare import Reason
from dnsconfig.names import BadName
from partnercenter.types.domains import EMAIL, INTUNE, SKYPE

SERVICES: dict[str, str | Promise] = {
    EMAIL: gettext_lazy("Exchange"),
    SKYPE: gettext_lazy("Skype"),
    INTUNE: gettext_lazy("Intune"),
}

PROVIDERS: dict[str, str | Promise] = {"ovh": gettext_lazy("OVHcloud")}

KEYS: dict[str, Any] = {
    "application_key": gettext_lazy("Application key"),
    "application_secret": gettext_lazy("Application secret"),
    "consumer_key": gettext_lazy("Consumer key"),
}

_NAMES: dict[str, str | Promise] = {
    "empty": gettext_lazy("Enter a domain."),
    "email": gettext_lazy("This is an e-mail address. Enter its domain only."),
    "address": gettext_lazy("This is an address. Enter a domain only."),
    "not_a_name": gettext_lazy("This is no valid domain name."),
    "reserved": gettext_lazy("Domains of this kind cannot be configured."),
    "public_suffix": gettext_lazy("This is not a domain that somebody can register."),
}

_REASONS: dict[Reason, str | Promise] = {
    Reason.MISSING: gettext_lazy("Will be added."),
    Reason.SAME: gettext_lazy("Is there already."),
    Reason.OTHER_PRIORITY: gettext_lazy("Is there already, with another priority that works."),
    Reason.INCLUDED: gettext_lazy("Your SPF record already allows Microsoft to send."),
    Reason.OUTDATED: gettext_lazy("An outdated target that still works; people must confirm."),
    Reason.NULL_MX: gettext_lazy(
        "The zone says that this domain receives no mail. Delete this MX record first."
    ),
    Reason.OTHER_MX: gettext_lazy(
        "Mail goes to another provider. Delete these MX records when you want it at Microsoft."
    ),
    Reason.GATEWAY_MX: gettext_lazy(
        "Mail goes through a filter. With a second MX record it would go around it."
    ),
    Reason.OLD_MX: gettext_lazy(
        "Mail goes to Microsoft under another name. Delete this MX record first."
    ),
    Reason.SPF_WITHOUT: gettext_lazy(
        "Another SPF record is there, and only one is allowed. Add the include to it by hand, "
        "before its “all”."
    ),
    Reason.SPF_BROKEN: gettext_lazy("The SPF record that is there is not valid. Correct it first."),
    Reason.SPF_TWICE: gettext_lazy(
        "There are several SPF records, so none of them is valid. Leave one only."
    ),
    Reason.CNAME_HERE: gettext_lazy(
        "An alias (CNAME) is at this name; no other record can be beside it. Delete it first."
    ),
    Reason.CNAME_TWICE: gettext_lazy("Several aliases are at this name. Leave one only."),
    Reason.OTHER_CNAME: gettext_lazy(
        "An alias to another host is at this name, perhaps a server of your own. Delete it first."
    ),
    Reason.DATA_HERE: gettext_lazy(
        "Other records are at this name; an alias (CNAME) must be alone. Delete them first."
    ),
    Reason.APEX_CNAME: gettext_lazy("The top of a zone cannot be an alias."),
    Reason.OTHER_SRV: gettext_lazy("Another SRV record is at this name. Delete it first."),
    Reason.DELEGATED: gettext_lazy(
        "This part of the domain is delegated to other servers: records here would not be seen."
    ),
}

_CAUTIONS: dict[str, str | Promise] = {
    "hides_wildcard": gettext_lazy("%(name)s no longer answers for the new names."),
    "mta_sts": gettext_lazy(
        "%(name)s: an MTA-STS policy is published. It must name Microsoft's hosts, or mail stops."
    ),
    "msoid": gettext_lazy("%(name)s stops the activation of Office. Delete it."),
}

_PROBLEMS: dict[str, str | Promise] = {
    "undelegated": gettext_lazy(
        "%(zone)s is not delegated: nobody on the internet finds it. At your registrar, set these "
        "name servers: %(set)s."
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


def bad_name(error: BadName) -> str:
    return str(_NAMES[error.code])


def reason(code: Reason, *, is_written: bool = False) -> str:
    if is_written and code is Reason.MISSING:
        return _("Was added.")
    return str(_REASONS[code])


def caution(code: str, name: str) -> str:
    return str(_CAUTIONS[code]) % {"name": name}


def problem(facts: dict[str, Any]) -> str:
    """The sentence for a refusal, with what to set or to change."""
    shown = {key: _listed(value) for key, value in facts.items()}
    return str(_PROBLEMS[facts["code"]]) % shown


def _listed(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value) or _("none")
    return str(value)

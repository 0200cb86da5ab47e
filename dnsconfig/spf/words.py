"""The words for what a count found and for what is weak in a record."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from dnsconfig.spf.checks import Weakness
from dnsconfig.spf.count import Cause

CAUSES: dict[Cause, str | Promise] = {
    Cause.BROKEN: gettext_lazy("The SPF record that this leads to is not valid."),
    Cause.LOOP: gettext_lazy("This leads back to a record that leads here: a loop."),
    Cause.MACRO: gettext_lazy("This depends on the sender: what is below cannot be counted."),
    Cause.MANY_HOSTS: gettext_lazy("This domain has more than 10 mail servers."),
    Cause.NO_SPF: gettext_lazy("There is no SPF record where this leads."),
    Cause.SEVERAL_SPF: gettext_lazy("There are several SPF records where this leads."),
    Cause.TOO_LARGE: gettext_lazy("There is too much below to count it all."),
    Cause.UNANSWERED: gettext_lazy("A name did not answer in time: not counted."),
    Cause.VOID: gettext_lazy("There is nothing at this name; only two such look-ups are allowed."),
}

WEAKNESSES: dict[Weakness, str | Promise] = {
    Weakness.MACROS: gettext_lazy(
        "The SPF record has macros; perhaps a service manages it. Check there too."
    ),
    Weakness.REDIRECT: gettext_lazy(
        "The SPF record hands over to another domain. Perhaps a service manages it."
    ),
    Weakness.OPEN_TO_ALL: gettext_lazy("The SPF record lets the whole internet send (“+all”)."),
    Weakness.NEUTRAL_ALL: gettext_lazy("The SPF record says nothing about other senders (“?all”)."),
    Weakness.NO_ALL: gettext_lazy("The SPF record has no “all”: other senders are not refused."),
    Weakness.PTR: gettext_lazy("The SPF record uses “ptr”, which is slow and should not be used."),
    Weakness.NEVER_REACHED: gettext_lazy(
        "Parts of the SPF record are never used: mechanisms after “all”, or a redirect beside it."
    ),
    Weakness.LONG: gettext_lazy("The SPF record is long; it may not fit a DNS answer."),
}

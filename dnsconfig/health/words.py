"""The sentence of each result: what was seen, and what to do."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dnsconfig import words
from dnsconfig.health.results import Result

LABELS: dict[str, str | Promise] = {
    "delegation": gettext_lazy("Delegation"),
    "servers": gettext_lazy("Name servers"),
    "dnssec": gettext_lazy("DNSSEC"),
    "mx": gettext_lazy("Mail (MX)"),
    "spf": gettext_lazy("Senders (SPF)"),
    "dkim": gettext_lazy("Signed mail (DKIM)"),
    "dmarc": gettext_lazy("Forged mail (DMARC)"),
    "autodiscover": gettext_lazy("Set-up of Outlook"),
    "federation": gettext_lazy("Other organisations in Teams"),
    "registration": gettext_lazy("Registration of devices"),
    "enrollment": gettext_lazy("Enrolment of devices"),
    "msoid": gettext_lazy("Outdated sign-in record"),
}

_ABSENT = gettext_lazy("There is no record. Add %(wanted)s.")
_OTHER = gettext_lazy("Leads to %(found)s instead of %(wanted)s.")
_GOOD = gettext_lazy("Leads to Microsoft: %(found)s.")
_UNTOLD = gettext_lazy("No name server answered. It is looked at again.")

_SENTENCES: dict[tuple[str, str], str | Promise] = {
    ("delegation", "untold"): gettext_lazy(
        "The parent zone or the DNS host did not answer. It is looked at again."
    ),
    ("delegation", "good"): gettext_lazy("The parent zone leads to %(servers)s."),
    ("delegation", "own_servers"): gettext_lazy(
        "The parent zone names %(parent)s, but the zone itself names %(own)s. Make both equal."
    ),
    ("servers", "good"): gettext_lazy("All name servers (%(all)s) answer alike."),
    ("servers", "differ"): gettext_lazy(
        "%(servers)s: records are missing that other name servers answer with. Tell the DNS host."
    ),
    ("servers", "away"): gettext_lazy(
        "%(good)s of %(all)s name servers answer. Not for this zone: %(servers)s."
    ),
    ("servers", "lagging"): gettext_lazy("%(servers)s: an older version of the zone is served."),
    ("servers", "gone"): gettext_lazy("No longer published: %(records)s."),
    ("dnssec", "unsigned"): gettext_lazy("The zone is not signed."),
    ("dnssec", "signed"): gettext_lazy("The zone is signed, and its answers validate."),
    ("dnssec", "no_key"): gettext_lazy(
        "The parent zone has a DS record that fits no key of the zone: validating resolvers "
        "answer SERVFAIL, although the name servers look right. Correct or delete the DS record "
        "at the registrar."
    ),
    ("dnssec", "no_signature"): gettext_lazy(
        "The parent zone says that the zone is signed, but signatures are missing: validating "
        "resolvers answer SERVFAIL. Have the zone signed, or delete the DS record at the registrar."
    ),
    ("dnssec", "expired"): gettext_lazy(
        "The zone's signatures have expired: validating resolvers answer SERVFAIL. Have the zone "
        "signed again by the DNS host."
    ),
    ("dnssec", "not_yet"): gettext_lazy(
        "The zone's signatures begin in the future: the clock of the signing server is wrong."
    ),
    ("dnssec", "bad_signature"): gettext_lazy(
        "Signatures do not fit the records: validating resolvers answer SERVFAIL. Have the zone "
        "signed again by the DNS host."
    ),
    ("mx", "good"): gettext_lazy("Mail goes to %(found)s."),
    ("mx", "gateway"): gettext_lazy("Mail goes through a filter: %(found)s."),
    ("mx", "kept"): gettext_lazy("Mail goes to %(found)s, as was decided."),
    ("mx", "staged"): gettext_lazy(
        "The move is not finished: mail goes to another provider first (%(found)s)."
    ),
    ("mx", "absent"): gettext_lazy("There is no MX record: no mail arrives."),
    ("mx", "null"): gettext_lazy("The MX record says that this domain receives no mail."),
    ("mx", "elsewhere"): gettext_lazy("Mail goes to another provider: %(found)s."),
    ("mx", "split"): gettext_lazy(
        "Some of the mail goes to another provider: %(found)s. Delete the MX records of the other."
    ),
    ("mx", "beside"): gettext_lazy(
        "Another provider is named beside Microsoft: %(found)s. Delete it when the move is over."
    ),
    ("spf", "good"): gettext_lazy("Microsoft may send; %(total)s of 10 look-ups are used."),
    ("spf", "absent"): gettext_lazy("There is no SPF record: mail from Microsoft is distrusted."),
    ("spf", "twice"): gettext_lazy(
        "There are several SPF records, so none of them is valid. Leave one only."
    ),
    ("spf", "broken"): gettext_lazy("The SPF record is not valid, at “%(term)s”."),
    ("spf", "without"): gettext_lazy("The SPF record does not let Microsoft send: %(found)s."),
    ("spf", "indirect"): gettext_lazy(
        "The SPF record is managed elsewhere (%(found)s); whether Microsoft may send is not seen."
    ),
    ("spf", "too_many"): gettext_lazy(
        "The SPF record needs %(total)s look-ups, and 10 are allowed: it counts as not valid. "
        "Remove senders that are not used."
    ),
    ("spf", "too_void"): gettext_lazy(
        "%(void)s names in the SPF record do not exist, and 2 are allowed. Remove them."
    ),
    ("spf", "uncounted"): gettext_lazy(
        "The SPF record is valid, but its look-ups could not be counted: a name did not answer."
    ),
    ("dkim", "good"): gettext_lazy("Both selectors lead to a key."),
    ("dkim", "half"): gettext_lazy(
        "%(without)s leads to no key. Mail loses its signature when Microsoft changes keys."
    ),
    ("dkim", "no_key"): gettext_lazy(
        "Neither selector leads to a key any more: mail is not signed in the domain's name."
    ),
    ("dkim", "absent"): gettext_lazy(
        "Mail is not signed in the domain's name. Switch DKIM on in Exchange Online and add both "
        "selectors."
    ),
    ("dmarc", "reject"): gettext_lazy("Forged mail is refused."),
    ("dmarc", "quarantine"): gettext_lazy("Forged mail is put aside."),
    ("dmarc", "none"): gettext_lazy(
        "Forged mail is only reported (p=none). Aim at p=quarantine, then p=reject."
    ),
    ("dmarc", "inherited_reject"): gettext_lazy("Forged mail is refused, as %(from)s says."),
    ("dmarc", "inherited_quarantine"): gettext_lazy("Forged mail is put aside, as %(from)s says."),
    ("dmarc", "inherited_none"): gettext_lazy("Forged mail is only reported, as %(from)s says."),
    ("dmarc", "absent"): gettext_lazy(
        "There is no DMARC record. Begin with “v=DMARC1; p=none” and an address for reports."
    ),
    ("dmarc", "twice"): gettext_lazy("There are several DMARC records, so none of them counts."),
    ("dmarc", "broken"): gettext_lazy("The DMARC record names no valid policy: %(found)s."),
    ("enrollment", "outdated"): gettext_lazy(
        "An outdated target that still works; people must confirm. Change it to %(wanted)s."
    ),
    ("msoid", "absent"): gettext_lazy("It is not there, as it should be."),
    ("msoid", "there"): gettext_lazy(
        "msoid leads to %(found)s: it stops the activation of Office. Delete it."
    ),
}

_EVERY_CHECK: dict[str, str | Promise] = {
    "absent": _ABSENT,
    "other": _OTHER,
    "good": _GOOD,
    "untold": _UNTOLD,
}


def sentence(result: Result) -> str:
    """In the active language."""
    facts = {key: _listed(value) for key, value in result.facts.items()}
    text = _SENTENCES.get((result.check, result.code)) or _EVERY_CHECK.get(result.code)
    if text is None:  # a delegation that would refuse a configuration, too
        return words.problem(dict(result.facts))
    return str(text) % facts


def _listed(value: Any) -> str:
    """Hosts without their final dot: the sentence has its own."""
    if isinstance(value, list):
        return ", ".join(map(_listed, value)) or _("nothing")
    return str(value).rstrip(".")

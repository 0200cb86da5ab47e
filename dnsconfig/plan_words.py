"""The words of a plan: why a record is added or in the way, and which ways there are."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dnsconfig.plan import Caution, Change, Reason, Way
from dnsconfig.plan.cautions import WEAK_SPF
from dnsconfig.spf import Cause, Weakness
from dnsconfig.spf.words import CAUSES, WEAKNESSES

Words = str | Promise

_REASONS: dict[Reason, Words] = {
    Reason.MISSING: gettext_lazy("Will be added."),
    Reason.SAME: gettext_lazy("Is there already."),
    Reason.OTHER_PRIORITY: gettext_lazy("Is there already, with another priority that works."),
    Reason.INCLUDED: gettext_lazy("Your SPF record already allows Microsoft to send."),
    Reason.OUTDATED: gettext_lazy("An outdated target that still works; people must confirm."),
    Reason.OLD_DKIM: gettext_lazy(
        "Another form of Microsoft's key, still valid. Both selectors must have the same form."
    ),
    Reason.DMARC_HERE: gettext_lazy("A DMARC record is there already; it is never overwritten."),
    Reason.DMARC_INHERITED: gettext_lazy("The DMARC record of the domain above counts here."),
    Reason.PROOF_MX: gettext_lazy(
        "An MX record that once proved the domain to Microsoft. It can go once that is done."
    ),
    Reason.MSOID: gettext_lazy("This alias stops the activation of Office. It should go."),
    Reason.SPF_MERGED: gettext_lazy("Microsoft's servers join the SPF record that is there."),
    Reason.STAGED: gettext_lazy(
        "Microsoft's MX record is there, behind others: mail still goes to the others."
    ),
    Reason.NULL_MX: gettext_lazy("The zone says that this domain receives no mail."),
    Reason.OTHER_MX: gettext_lazy("Mail goes to another provider."),
    Reason.GATEWAY_MX: gettext_lazy(
        "Mail goes through a filter. Replacing it would send mail around the filter."
    ),
    Reason.OLD_MX: gettext_lazy(
        "Mail goes to Microsoft under another name. Move it in two steps, so that none is lost."
    ),
    Reason.SPLIT_MX: gettext_lazy(
        "Other MX records stand beside Microsoft's: a part of the mail goes there."
    ),
    Reason.PROOF_FIRST: gettext_lazy(
        "An MX record that only proves the domain has the best number: no mail arrives."
    ),
    Reason.SPF_NO_MAIL: gettext_lazy("The SPF record says that this domain sends no mail."),
    Reason.SPF_BROKEN: gettext_lazy("The SPF record that is there is not valid."),
    Reason.SPF_TWICE: gettext_lazy("There are several SPF records, so none of them is valid."),
    Reason.SPF_TOO_MANY: gettext_lazy(
        "With Microsoft's servers, the SPF record would need more than ten look-ups, and receivers "
        "would not evaluate it. Take something out of it first."
    ),
    Reason.SPF_FLAWED: gettext_lazy(
        "Receivers would not evaluate the SPF record: something that it names is wrong."
    ),
    Reason.DMARC_TWICE: gettext_lazy(
        "There are several DMARC records, so none of them is valid. Leave one only."
    ),
    Reason.CNAME_HERE: gettext_lazy(
        "An alias (CNAME) is at this name; no other record can be beside it."
    ),
    Reason.CNAME_TWICE: gettext_lazy("Several aliases are at this name. Leave one only."),
    Reason.OTHER_CNAME: gettext_lazy(
        "An alias to another host is at this name, perhaps a server of your own (hybrid)."
    ),
    Reason.DATA_HERE: gettext_lazy(
        "Other records are at this name; an alias (CNAME) must be alone."
    ),
    Reason.DKIM_TAKEN: gettext_lazy("Another sender uses this DKIM selector."),
    Reason.APEX_CNAME: gettext_lazy("The top of a zone cannot be an alias."),
    Reason.GARBLED: gettext_lazy(
        "Meant as this record, but wrong: numbers swapped, or the target's final dot forgotten."
    ),
    Reason.OTHER_SRV: gettext_lazy("Another SRV record is at this name."),
    Reason.DELEGATED: gettext_lazy(
        "This part of the domain is delegated to other servers: records here would not be seen."
    ),
    Reason.UNDO: gettext_lazy("Still as we left it: will be restored."),
    Reason.UNDONE: gettext_lazy("Is as it was already."),
    Reason.CHANGED_SINCE: gettext_lazy("Changed by somebody else since; it is left as it is."),
    Reason.NEEDED: gettext_lazy("Stays: without another MX record, mail would be lost."),
}

_MAIL = {
    Reason.NULL_MX,
    Reason.OTHER_MX,
    Reason.GATEWAY_MX,
    Reason.OLD_MX,
    Reason.SPLIT_MX,
    Reason.STAGED,
}
_MAIL_WAYS: dict[Way, Words] = {
    Way.KEEP: gettext_lazy("Keep: mail is not moved"),
    Way.REPLACE: gettext_lazy("Replace all: from now on, mail goes to Microsoft"),
    Way.STAGE: gettext_lazy("Add Microsoft's behind the others: mail stays where it goes"),
    Way.FINISH: gettext_lazy("Finish the move: Microsoft's becomes the only one"),
}
_WAYS: dict[Way, Words] = {
    Way.KEEP: gettext_lazy("Keep what is there"),
    Way.REPLACE: gettext_lazy("Replace what is there"),
    Way.STAGE: gettext_lazy("Add behind the others"),
    Way.FINISH: gettext_lazy("Keep only ours"),
    Way.MERGE: gettext_lazy("Make one record of all"),
    Way.REPAIR: gettext_lazy("Repair it"),
    Way.DELETE: gettext_lazy("Delete it"),
    Way.WRITE: gettext_lazy("Write it"),
    Way.LEAVE: gettext_lazy("Leave it out"),
    Way.TTL: gettext_lazy("Change the time to live only"),
}

_WHYS: dict[str, Words] = {
    "obsolete_phones": gettext_lazy("Today only needed by Skype phones and hybrid installations."),
    "obsolete_clients": gettext_lazy("Not needed any more where only Teams is used."),
    "manual_enrollment": gettext_lazy("Not needed where devices enrol automatically."),
    "said_optional": gettext_lazy("Microsoft calls it optional."),
    "dkim": gettext_lazy("Signs outgoing mail; strongly advised."),
    "dmarc": gettext_lazy("Begins with reports only; nothing is refused yet."),
}

_CAUTIONS: dict[str, Words] = {
    "hides_wildcard": gettext_lazy("%(name)s no longer answers for the new names."),
    "mta_sts": gettext_lazy(
        "%(name)s: an MTA-STS policy is published. It must name Microsoft's hosts, or mail stops."
    ),
    "german_cloud": gettext_lazy(
        "%(name)s leads to Microsoft's German cloud, which is closed: nothing answers there."
    ),
    "strict_dmarc": gettext_lazy(
        "%(name)s tells receivers to refuse mail that is not signed or allowed: set up DKIM before "
        "people send through Microsoft."
    ),
    "spf_type99": gettext_lazy(
        "%(name)s has a record of the old type SPF. Receivers ignore it; it can be deleted."
    ),
    "spf_not_counted": gettext_lazy(
        "The look-ups of the SPF record of %(name)s could not be counted: a name did not answer."
    ),
    "long_texts": gettext_lazy(
        "The texts at %(name)s are long together: their answer needs TCP, which some networks "
        "forbid."
    ),
    "many_removals": gettext_lazy(
        "%(name)s records are deleted or replaced. Look at each of them."
    ),
    "no_mx": gettext_lazy("%(name)s is left without an MX record: it receives no mail any more."),
}


def reason(change: Change, *, is_written: bool = False) -> str:
    """Why, in a sentence or two."""
    if is_written and change.reason is Reason.MISSING:
        return _("Was added.") if change.edit else _("Was left out.")
    if change.reason is Reason.MISSING and not change.edit:
        return _("Will be left out.")
    return str(_REASONS[change.reason])


def why(change: Change) -> str:
    """Why somebody may do without the record, or nothing."""
    return str(_WHYS[change.why]) if change.why else ""


def way(change: Change, code: Way) -> str:
    words = _MAIL_WAYS if change.reason in _MAIL and code in _MAIL_WAYS else _WAYS
    return str(words[code])


def caution(one: Caution) -> str:
    kind, _sep, weakness = one.code.partition(":")
    if kind == WEAK_SPF:
        return f"{one.name}: {WEAKNESSES[Weakness(weakness)]}"
    return str(_CAUTIONS[one.code]) % {"name": one.name}


def details(change: Change) -> list[str]:
    """What each term of an SPF record costs, and what is wrong with it."""
    total, *lines = change.details or ("",)
    if not total:
        return []
    counted = _("%(count)s look-ups in all; ten are allowed.") % {"count": total}
    return [counted, *map(_detail, lines)]


def _detail(line: str) -> str:
    code, _sep, term = line.partition(": ")
    return f"{term}: {CAUSES[Cause(code)]}" if code in list(Cause) else line

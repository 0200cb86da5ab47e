"""The codes of a plan; people read them through `dnsconfig.words`. Pure."""

from enum import StrEnum


class Action(StrEnum):
    """What becomes of one place of the zone."""

    ADD = "add"
    CHANGE = "change"
    """Something that is there goes, or is replaced."""
    KEEP = "keep"
    CONFLICT = "conflict"
    """A person must decide: until then nothing of the plan is written."""


class Need(StrEnum):
    """How much a service depends on a record."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    OBSOLETE = "obsolete"


class Way(StrEnum):
    """What a person may choose where there is more than one way."""

    KEEP = "keep"
    REPLACE = "replace"
    STAGE = "stage"
    """Beside the others, at a worse number: mail stays where it goes."""
    FINISH = "finish"
    """The others go, ours becomes the only one."""
    MERGE = "merge"
    REPAIR = "repair"
    DELETE = "delete"
    WRITE = "write"
    LEAVE = "leave"
    TTL = "ttl"


class Reason(StrEnum):
    """Why a record is added, changed, kept or in conflict."""

    MISSING = "missing"

    SAME = "same"
    OTHER_PRIORITY = "other_priority"
    INCLUDED = "included"
    OUTDATED = "outdated"
    OLD_DKIM = "old_dkim"
    DMARC_HERE = "dmarc_here"
    DMARC_INHERITED = "dmarc_inherited"
    PROOF_MX = "proof_mx"
    MSOID = "msoid"

    SPF_MERGED = "spf_merged"
    STAGED = "staged"

    NULL_MX = "null_mx"
    OTHER_MX = "other_mx"
    GATEWAY_MX = "gateway_mx"
    OLD_MX = "old_mx"
    SPLIT_MX = "split_mx"
    PROOF_FIRST = "proof_first"
    SPF_NO_MAIL = "spf_no_mail"
    SPF_BROKEN = "spf_broken"
    SPF_TWICE = "spf_twice"
    SPF_TOO_MANY = "spf_too_many"
    SPF_FLAWED = "spf_flawed"
    DMARC_TWICE = "dmarc_twice"
    CNAME_HERE = "cname_here"
    CNAME_TWICE = "cname_twice"
    OTHER_CNAME = "other_cname"
    DATA_HERE = "data_here"
    DKIM_TAKEN = "dkim_taken"
    APEX_CNAME = "apex_cname"
    GARBLED = "garbled"
    OTHER_SRV = "other_srv"
    DELEGATED = "delegated"

    UNDO = "undo"
    UNDONE = "undone"
    CHANGED_SINCE = "changed_since"
    NEEDED = "needed"


SATISFIED = frozenset(
    {
        Reason.SAME,
        Reason.OTHER_PRIORITY,
        Reason.INCLUDED,
        Reason.OUTDATED,
        Reason.OLD_DKIM,
        Reason.DMARC_HERE,
    }
)
"""What is there serves the wish: the name servers must answer with it."""

"""What receivers accept in an SPF record and a person should know of. Pure."""

from collections.abc import Iterator
from enum import StrEnum

from dnsconfig.spf.syntax import Spf, parse

LONGEST = 450
"""Characters that fit a DNS answer without TCP beside a name and another TXT (RFC 7208 §3.4)."""


class Weakness(StrEnum):
    """People read it through `dnsconfig.spf.words`."""

    MACROS = "macros"
    REDIRECT = "redirect"
    OPEN_TO_ALL = "open_to_all"
    NEUTRAL_ALL = "neutral_all"
    NO_ALL = "no_all"
    PTR = "ptr"
    NEVER_REACHED = "never_reached"
    LONG = "long"


def weaknesses(text: str) -> tuple[Weakness, ...]:
    """None of them stops a plan. Raises SpfError when the text is not valid."""
    return tuple(_weaknesses(parse(text)))


def _weaknesses(record: Spf) -> Iterator[Weakness]:
    if any(term.has_macro for term in record.terms if term.name != "exp"):
        yield Weakness.MACROS
    if record.redirect:
        yield Weakness.REDIRECT
    elif record.all is None:
        yield Weakness.NO_ALL
    elif record.all.qualifier == "+":
        yield Weakness.OPEN_TO_ALL
    elif record.all.qualifier == "?":
        yield Weakness.NEUTRAL_ALL
    if any(term.name == "ptr" for term in record.mechanisms):
        yield Weakness.PTR
    if record.ignored:
        yield Weakness.NEVER_REACHED
    if len(str(record)) > LONGEST:
        yield Weakness.LONG

"""SPF records (RFC 7208 §4.6, §12), read strictly. Pure."""

import ipaddress
import re
from dataclasses import dataclass

VERSION = "v=spf1"
NEEDS_DOMAIN = ("include", "exists")
MAY_HAVE_DOMAIN = ("a", "mx", "ptr")
NETWORKS = ("ip4", "ip6")

_MODIFIER = re.compile(r"(?P<name>[a-z][a-z0-9._-]*)=(?P<value>[\x21-\x7e]*)", re.I)
_MECHANISM = re.compile(
    r"(?P<qualifier>[+?~-]?)(?P<name>[a-z][a-z0-9]*)(?P<colon>:?)(?P<rest>[\x21-\x7e]*)", re.I
)
_DOMAIN = re.compile(r"[a-z0-9_%{}.+,/=-]*[a-z0-9}%_-]\.?", re.I)
_CIDR = re.compile(r"(/\d{1,2})?(//\d{1,3})?\Z")


class SpfError(ValueError):
    """The text is no valid SPF record; `term` is the part that is wrong."""

    def __init__(self, term: str) -> None:
        super().__init__(term)
        self.term = term


@dataclass(frozen=True)
class Term:
    """A mechanism (`-all`, `include:x`) or a modifier (`redirect=x`), in its order."""

    name: str
    value: str = ""
    qualifier: str = "+"
    is_modifier: bool = False


@dataclass(frozen=True)
class Spf:
    """One record, term by term."""

    terms: tuple[Term, ...]

    @property
    def includes(self) -> frozenset[str]:
        """Domains whose senders pass: `-include:` and the like do not count."""
        return frozenset(
            term.value.rstrip(".").lower()
            for term in self.terms
            if term.name == "include" and term.qualifier == "+"
        )


def is_spf(text: str) -> bool:
    """Whether receivers take the text for an SPF record: the version, then a blank or the end."""
    return bool(re.match(r"v=spf1( |\Z)", text, re.I))


def parse(text: str) -> Spf:
    """Raises SpfError that names the first wrong term."""
    words = text.split(" ")
    if words[0].lower() != VERSION:
        raise SpfError(words[0])
    terms = tuple(_term(word) for word in words[1:] if word)
    _refuse_terms_after_all(terms)
    return Spf(terms)


def _refuse_terms_after_all(terms: tuple[Term, ...]) -> None:
    names = [term.name for term in terms if not term.is_modifier]
    if "all" in names[:-1]:
        raise SpfError(names[names.index("all") + 1])


def _term(word: str) -> Term:
    modifier = _MODIFIER.fullmatch(word)
    if modifier:
        return Term(modifier["name"].lower(), modifier["value"], "", is_modifier=True)
    match = _MECHANISM.fullmatch(word)
    if match is None or not _is_valid(match["name"].lower(), match["colon"], match["rest"]):
        raise SpfError(word)
    return Term(match["name"].lower(), match["rest"], match["qualifier"] or "+")


def _is_valid(name: str, colon: str, rest: str) -> bool:
    if name == "all":
        return not colon and not rest
    if name in NEEDS_DOMAIN:
        return bool(colon) and bool(_DOMAIN.fullmatch(rest))
    if name in NETWORKS:
        return bool(colon) and _is_network(name, rest)
    if name in MAY_HAVE_DOMAIN:
        domain, _cidr = _split_cidr(rest)
        return bool(_DOMAIN.fullmatch(domain)) if colon else not domain
    return False


def _split_cidr(rest: str) -> tuple[str, str]:
    match = _CIDR.search(rest)
    at = match.start() if match else len(rest)
    return rest[:at], rest[at:]


def _is_network(name: str, text: str) -> bool:
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return network.version == int(name[-1])

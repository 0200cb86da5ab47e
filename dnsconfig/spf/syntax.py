"""The grammar of SPF records (RFC 7208 §4.6.1, §12), read strictly and printed unchanged. Pure."""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

VERSION = "v=spf1"

_ANY_CASE = re.I | re.A

_MACRO = r"%(?:\{[slodiphv](?:0*[1-9][0-9]*)?r?[.+,/_=-]*\}|[%_-])"
"""c, r and t are for explanation texts only (§7.2)."""
_TEXT = rf"(?:{_MACRO}|[!-$&-~])*"
_TOP = r"(?![0-9]+(?:[./]|\Z))[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_DOMAIN = rf"(?P<value>{_TEXT}(?:\.{_TOP}\.?|{_MACRO}))"
_BITS = r"/(?:0|[1-9][0-9]{0,2})"
_DUAL = rf"(?P<bits4>{_BITS})?(?P<bits6>/{_BITS})?"

_MECHANISMS = {
    "all": "",
    "include": f":{_DOMAIN}",
    "exists": f":{_DOMAIN}",
    "ptr": f"(?::{_DOMAIN})?",
    "a": f"(?::{_DOMAIN})?{_DUAL}",
    "mx": f"(?::{_DOMAIN})?{_DUAL}",
    "ip4": rf":(?P<value>[0-9.]+)(?P<bits4>{_BITS})?",
    "ip6": rf":(?P<value>[0-9a-f:.]+)(?P<bits6>{_BITS})?",
}
MECHANISMS = tuple(_MECHANISMS)
_RULES = {name: re.compile(rule, _ANY_CASE) for name, rule in _MECHANISMS.items()}
_HEAD = re.compile(r"(?P<qualifier>[+?~-]?)(?P<name>[a-z][a-z0-9]*)", _ANY_CASE)
_MODIFIER = re.compile(r"(?P<name>[a-z][a-z0-9_.-]*)=(?P<value>.*)", _ANY_CASE)
_TARGET = re.compile(_DOMAIN, _ANY_CASE)
_MACRO_STRING = re.compile(_TEXT, _ANY_CASE)
_FOREIGN = re.compile(r"\\(?!092)[0-9]{3}")
"""A byte that is no printable ASCII, as `Record.value` writes it."""


class SpfError(ValueError):
    """The text is no valid SPF record; `term` is the part that is wrong."""

    def __init__(self, term: str) -> None:
        super().__init__(term)
        self.term = term


@dataclass(frozen=True)
class Term:
    """A mechanism (`-all`, `include:x`) or a modifier (`redirect=x`).

    `text` is the term as written, `blanks` the spaces before it; `name` is lower case, `value` the
    domain, address or modifier's text as written (empty: the domain itself), `cidr` like `/24//64`.
    """

    text: str
    name: str
    value: str = ""
    cidr: str = ""
    qualifier: str = "+"
    is_modifier: bool = False
    blanks: int = 1

    @property
    def domain(self) -> str:
        """The value, comparable: lower case, without the final dot."""
        return self.value.removesuffix(".").lower()

    @property
    def has_macro(self) -> bool:
        return "%" in self.value

    @property
    def is_all(self) -> bool:
        return self.name == "all" and not self.is_modifier


@dataclass(frozen=True)
class Spf:
    """One record, term by term; `str()` gives back the very text."""

    terms: tuple[Term, ...]
    version: str = VERSION
    tail: int = 0

    def __str__(self) -> str:
        terms = "".join(" " * term.blanks + term.text for term in self.terms)
        return self.version + terms + " " * self.tail

    @cached_property
    def mechanisms(self) -> tuple[Term, ...]:
        """Those that receivers evaluate, in order: nothing after the first `all` (§5.1)."""
        found: list[Term] = []
        for term in self.terms:
            if not term.is_modifier:
                found.append(term)
                if term.is_all:
                    break
        return tuple(found)

    @property
    def all(self) -> Term | None:
        """The `all` that decides."""
        last = self.mechanisms[-1:]
        return last[0] if last and last[0].is_all else None

    @property
    def redirect(self) -> Term | None:
        """None too where an `all` makes receivers ignore it (§6.1)."""
        return None if self.all else self.modifier("redirect")

    @property
    def late(self) -> tuple[Term, ...]:
        """Mechanisms after `all`: valid, and never evaluated."""
        every = [term for term in self.terms if not term.is_modifier]
        return tuple(every[len(self.mechanisms) :])

    @property
    def ignored(self) -> tuple[Term, ...]:
        """What no receiver evaluates: late mechanisms, a redirect beside an `all`."""
        redirect = self.modifier("redirect") if self.all else None
        return (*self.late, redirect) if redirect else self.late

    @property
    def includes(self) -> frozenset[str]:
        """Domains whose senders pass: included (`-include:` does not count) or redirected to.

        The first include of a domain decides about its senders.
        """
        first: dict[str, str] = {}
        for term in self.mechanisms:
            if term.name == "include":
                first.setdefault(term.domain, term.qualifier)
        passing = {domain for domain, qualifier in first.items() if qualifier == "+"}
        if self.redirect and self.redirect.domain not in first:
            passing.add(self.redirect.domain)
        return frozenset(passing)

    def modifier(self, name: str) -> Term | None:
        found = [term for term in self.terms if term.is_modifier and term.name == name]
        return found[0] if found else None


def is_spf(text: str) -> bool:
    """Whether receivers take the text for an SPF record: the version, then a blank or the end."""
    return bool(re.match(r"v=spf1( |\Z)", text, _ANY_CASE))


def parse(text: str) -> Spf:
    """`text` as `Record.value` holds it. Raises SpfError that names the first wrong term.

    Valid as RFC 7208 has it, so mechanisms after `all` are: see `Spf.late`.
    """
    if not is_spf(text):
        raise SpfError(text.partition(" ")[0])
    version, rest = text[: len(VERSION)], text[len(VERSION) :]
    terms = tuple(parse_term(m[2], len(m[1])) for m in re.finditer("( +)([^ ]+)", rest))
    _refuse_doubles(terms)
    return Spf(terms, version, len(rest) - len(rest.rstrip(" ")))


def parse_term(word: str, blanks: int = 1) -> Term:
    """One term. Raises SpfError."""
    if _FOREIGN.search(word):
        raise SpfError(word)
    term = _modifier(word) or _mechanism(word)
    if term is None:
        raise SpfError(word)
    return replace(term, blanks=blanks)


def _modifier(word: str) -> Term | None:
    match = _MODIFIER.fullmatch(word)
    if match is None:
        return None
    name, value = match["name"].lower(), match["value"]
    rule = _TARGET if name in ("redirect", "exp") else _MACRO_STRING
    is_valid = rule.fullmatch(value)
    return Term(word, name, value, qualifier="", is_modifier=True) if is_valid else None


def _mechanism(word: str) -> Term | None:
    head = _HEAD.match(word)
    name = head["name"].lower() if head else ""
    match = _RULES[name].fullmatch(word, head.end()) if head and name in _RULES else None
    if head is None or match is None:
        return None
    parts = {"value": "", "bits4": "", "bits6": "", **match.groupdict("")}
    if not _is_in_range(name, **parts):
        return None
    cidr = parts["bits4"] + parts["bits6"]
    return Term(word, name, parts["value"], cidr, head["qualifier"] or "+")


def _is_in_range(name: str, *, value: str, bits4: str, bits6: str) -> bool:
    if int(bits4.strip("/") or 0) > 32 or int(bits6.strip("/") or 0) > 128:
        return False
    if name not in ("ip4", "ip6"):
        return True
    try:
        return ipaddress.ip_address(value).version == int(name[-1])
    except ValueError:
        return False


def _refuse_doubles(terms: Iterable[Term]) -> None:
    """Both modifiers may be there once only (§6)."""
    seen: set[str] = set()
    for term in terms:
        if term.is_modifier and term.name in ("redirect", "exp"):
            if term.name in seen:
                raise SpfError(term.text)
            seen.add(term.name)

"""What a broken SPF record visibly meant. Pure."""

import ipaddress
import re
from collections.abc import Iterator

from dnsconfig.spf.syntax import MECHANISMS, VERSION, SpfError, Term, parse, parse_term

_ESCAPED = re.compile(r"\\([0-9]{3})")
_BETWEEN_STRINGS = re.compile(r'"\s+"')
_LEGIBLE = str.maketrans(
    dict.fromkeys("\"'`´“”„‟‘’‚‛«»\u200b\u200c\u200d\u2060\ufeff\u00ad")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | {"\u02dc": "~", "\u223c": "~"}
)
"""Quotes and invisible characters go; dashes and tildes of word processors become plain."""

_START = re.compile(r"v\s*=\s*spf\s*1(?![0-9])[\s,;:.]*", re.I)
_SYNONYMS = {"ip": "ip4", "ipv4": "ip4", "ipv6": "ip6", "includes": "include", "prt": "ptr"}
_TARGETED = "includes?|exists|redirect|exp|ipv?[46]|ip"
_TERM = r"[+?~-]?(?:all|include|exists|redirect|exp|ptr|mx|a|ip[46])(?:[:=/\s]|\Z)"
_SPREAD = re.compile(
    rf"(?<!\S)([+?~-]?(?:(?:{_TARGETED})(?=[\s:=])|(?:a|mx|ptr)(?=\s*[:=])))\s*[:=]?\s*"
    rf"(?!{_TERM})(?=[^\s:=])",
    re.I,
)
_SPREAD_ALL = re.compile(r"(?<!\S)([+?~-])\s+(?=all(?:\s|\Z))", re.I)
_SPREAD_LENGTH = re.compile(r"(?<=[0-9a-z])\s+(?=/[0-9])", re.I)

_GLUED_ALL = re.compile(
    r"([+?~-]?(?:include|exists|ptr|mx|a|ip[46])(?:[:/].*)?)([~?-]all)[.,;]*", re.I
)
_GLUED_INCLUDE = re.compile(r"(include)(_?spf[0-9]*\..+)", re.I)
_WORD = re.compile(r"([+?~-]?)([a-z]+[0-9]?)(?:[:=]+(.*))?", re.I)
_OWN_MODIFIER = re.compile(r"([a-z][a-z0-9_.-]*)=", re.I)


def repair(text: str) -> str | None:
    """The valid text that `text` visibly means, or None where no one can know.

    A text that needs nothing comes back as it is. Blanks, quotes and commas that are too many or
    too few, `include=x`, `redirect:x`, `ipv4:`, an address or a host under the wrong name, a glued
    `-all` are put right; mechanisms after `all` come before it. Nobody may send whom the text does
    not name: no `all` is added, two that differ are left to a person, and so is an unknown word.
    """
    version, words = _words(text)
    mended = [_mend(word) for word in words]
    if not version or None in mended:
        return None
    arranged = _arranged([term for terms in mended for term in terms or ()])
    if arranged is None:
        return None
    repaired = " ".join([version, *(term.text for term in arranged)])
    return repaired if _is_valid(repaired) else None


def is_broken(text: str) -> bool:
    """Whether receivers refuse a record, or read it otherwise than it looks: see `repair`.

    A valid one is broken too when it has mechanisms after `all`, `include=x` or two terms in one.
    """
    repaired = repair(text)
    return repaired is None or repaired.split() != text.split() or not _is_valid(text)


def _words(text: str) -> tuple[str, list[str]]:
    """The version and the words after it; no version: this is no SPF record at all."""
    if _is_valid(text):
        record = parse(text)
        return record.version, [t.text for t in record.terms if t.text.lower() != VERSION]
    text = " ".join(_legible(text).split())
    start = _START.match(text)
    if start is None:
        return "", []
    version = text[: len(VERSION)] if text.lower().startswith(VERSION) else VERSION
    rest = _SPREAD_ALL.sub(r"\1", _SPREAD_LENGTH.sub("", text[start.end() :]))
    rest = _SPREAD.sub(lambda m: m[1] + ("=" if m[1].lower() in ("redirect", "exp") else ":"), rest)
    return version, [word for word in rest.split() if word.lower() != VERSION]


def _legible(text: str) -> str:
    if text.isascii():
        raw = _ESCAPED.sub(lambda m: chr(int(m[1]) % 256), text).encode("latin-1")
        text = raw.decode(errors="replace")
    return _BETWEEN_STRINGS.sub("", text).translate(_LEGIBLE)


def _mend(word: str) -> list[Term] | None:
    """The terms that a word stands for; several where commas or nothing separate them."""
    modifier = _OWN_MODIFIER.match(word)
    if modifier and not _is_disguised(word) and modifier[1].lower() not in ("redirect", "exp"):
        own = _read(word)
        return [own] if own else None
    parts = [_split_all(part) for part in re.split("[,;]+", word) if part.strip(".")]
    if all(parts):
        return [term for part in parts for term in part]
    return _split_all(word) or None


def _split_all(word: str) -> list[Term]:
    glued = None if _ends_in_idn(word) else _GLUED_ALL.fullmatch(word)
    found = [_term(part) for part in (glued.groups() if glued else [word])]
    return [] if None in found else [term for term in found if term]


def _ends_in_idn(word: str) -> bool:
    """Of all top-level domains only these have a dash, so others cannot end in `-all`."""
    return word.rpartition(".")[2].lower().startswith("xn--")


def _term(word: str) -> Term | None:
    return next((term for term in map(_read, _candidates(word)) if term), None)


def _candidates(word: str) -> Iterator[str]:
    """Ways to read a word, the most literal first."""
    bare = word.rstrip(".,;")
    if not _is_disguised(word):
        yield from (word, bare, _GLUED_INCLUDE.sub(r"\1:\2", bare))
    match = _WORD.fullmatch(bare)
    if match:
        yield from _spelt(match[1], match[2], match[3] or "")
    address = bare.lstrip("+?~-")
    if _version_of(address):
        yield f"{bare.removesuffix(address)}ip{_version_of(address)}:{address}"
    yield word


def _spelt(qualifier: str, name: str, value: str) -> Iterator[str]:
    """A word with a name, as that name wants it."""
    known = _SYNONYMS.get(name.lower(), name)
    version = _version_of(value)
    if version and known.lower() in ("a", "mx", "include", "ip4", "ip6"):
        yield f"{qualifier}ip{version}:{value}"
    elif known.lower() in ("ip4", "ip6"):
        yield f"{qualifier}a:{value}"
    elif known.lower() in ("redirect", "exp"):
        yield f"{qualifier}{known}={value}"
    elif known.lower() in MECHANISMS:
        colon = ":" if value and not value.startswith("/") else ""
        yield f"{qualifier}{known}{colon}{value}"


def _is_disguised(word: str) -> bool:
    """A mechanism written like a modifier: valid by the grammar, and of no effect."""
    match = _OWN_MODIFIER.match(word)
    name = match[1].lower() if match else ""
    return name in MECHANISMS or name in _SYNONYMS


def _version_of(text: str) -> int | None:
    """4 or 6 for an address with or without a length."""
    try:
        return ipaddress.ip_address(text.partition("/")[0]).version
    except ValueError:
        return None


def _arranged(terms: list[Term]) -> list[Term] | None:
    """Each modifier once, one `all` with no mechanism after it."""
    once: dict[str, Term] = {}
    for term in terms:
        known = term.is_modifier and term.name in ("redirect", "exp")
        if known and once.setdefault(term.name, term).domain != term.domain:
            return None
    kept = [t for t in terms if not t.is_modifier or once.get(t.name, t) is t]
    every = [term for term in kept if term.is_all]
    if len({term.qualifier for term in every}) > 1:
        return None
    if not every:
        return kept
    at = kept.index(every[0])
    late = [t for t in kept[at:] if not t.is_modifier and not t.is_all]
    return [*kept[:at], *late, every[0], *(t for t in kept[at:] if t.is_modifier)]


def _read(word: str) -> Term | None:
    try:
        return parse_term(word)
    except SpfError:
        return None


def _is_valid(text: str) -> bool:
    try:
        parse(text)
    except SpfError:
        return False
    return True

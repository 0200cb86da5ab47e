"""Several policies in one record: what is there and Microsoft's include. Pure."""

import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dnsconfig.spf.syntax import VERSION, Spf, SpfError, Term, parse

STRICTEST_FIRST = "-~?+"


def merge(present: str, wanted: str) -> str:
    """`present` with the includes of `wanted` that it lacks; the same text when it lacks none.

    A new include comes before the first `all` or `redirect`, at the end where there is neither (no
    `all` is invented). Everything else stays: order, case, qualifiers, blanks, unknown modifiers.

    Where `present` includes the same domain so that it does not pass (`?include:`, `~include:`,
    `-include:`), that term takes the passing form in its place: it matches the very same senders,
    so nobody else's result changes, and it costs no look-up more. An include after it would never
    be reached. Senders that an earlier `-ip4:` or the like names keep their result.

    Raises SpfError when one of the texts is not valid.
    """
    record = parse(present)
    for term in parse(wanted).mechanisms:
        passes = term.name == "include" and term.qualifier == "+"
        if passes and term.domain not in record.includes:
            record = _with_include(record, term)
    return str(record)


def _with_include(record: Spf, include: Term) -> Spf:
    for at, term in enumerate(record.terms):
        if term.is_all or (term.is_modifier and term.name == "redirect"):
            return _inserted(record, at, include)
        if term.name == "include" and not term.is_modifier and term.domain == include.domain:
            passing = replace(term, text=term.text[1:], qualifier="+")
            return replace(record, terms=(*record.terms[:at], passing, *record.terms[at + 1 :]))
    return _inserted(record, len(record.terms), include)


def _inserted(record: Spf, at: int, term: Term) -> Spf:
    one_blank = replace(term, blanks=1)
    return replace(record, terms=(*record.terms[:at], one_blank, *record.terms[at:]))


def unite(texts: Sequence[str]) -> str | None:
    """One record instead of several at a name, which receivers refuse altogether (§4.5).

    The mechanisms in their order, each once, then the least strict `all` of those given: whoever
    passes with one record passes. None where only a person can tell: a text that is not valid,
    different redirects, a redirect beside another record's `all`, `+all`, a term that passes here
    and not there, or one that keeps senders from the terms of a later record.
    """
    try:
        records = list({_sense(parse(text)): parse(text) for text in texts}.values())
    except SpfError:
        return None
    every = [record.all for record in records if record.all]
    redirects = _once(record.redirect for record in records if record.redirect)
    mechanisms = _once(t for record in records for t in _senders(record))
    if any(t.qualifier == "+" for t in every) or len(redirects) > 1 or (redirects and every):
        return None
    if len({_key(term) for term in mechanisms}) < len(mechanisms):
        return None
    if any(t.qualifier != "+" for record in records[:-1] for t in _senders(record)):
        return None
    end = sorted(every, key=lambda t: STRICTEST_FIRST.index(t.qualifier))[-1:]
    terms = (*mechanisms, *_modifiers(records), *redirects, *end)
    return " ".join([VERSION, *(term.text for term in terms)])


def _senders(record: Spf) -> list[Term]:
    return [term for term in record.mechanisms if not term.is_all]


def _sense(record: Spf) -> tuple[tuple[str, ...], ...]:
    return tuple((*_key(term), term.qualifier) for term in record.terms)


def _modifiers(records: Iterable[Spf]) -> list[Term]:
    """Unknown ones each once; of several explanations the first."""
    found = [t for record in records for t in record.terms if t.is_modifier]
    explained = [t for t in found if t.name == "exp"]
    return [*explained[:1], *_once(t for t in found if t.name not in ("exp", "redirect"))]


def _once(terms: Iterable[Term]) -> list[Term]:
    found: dict[tuple[str, ...], Term] = {}
    for term in terms:
        found.setdefault((*_key(term), term.qualifier), term)
    return list(found.values())


def _key(term: Term) -> tuple[str, str]:
    """What the term stands for, however it is spelt."""
    if term.name in ("ip4", "ip6") and not term.is_modifier:
        return term.name, str(ipaddress.ip_network(term.value + term.cidr, strict=False))
    if term.is_modifier and term.name != "redirect":
        return term.name, term.value
    return term.name, term.domain + term.cidr

"""Domain names as people type them, checked before anything is asked anywhere. Pure."""

import ipaddress
import unicodedata
from collections.abc import Iterable
from functools import cache

import idna
from publicsuffixlist import PublicSuffixList

RESERVED = ("onmicrosoft.com", "invalid", "local", "localhost", "arpa", "internal", "onion")
"""Nobody can prove to Microsoft that names at or under these are theirs."""

_EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"})
LONGEST = 253


class BadName(ValueError):
    """A domain that cannot be configured; `code` says why: see `dnsconfig.words`."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(f"{name!r}: {code}")
        self.code = code
        self.name = name


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def clean_domain(text: str) -> str:
    """The domain in A-labels, lower case, without the final dot.

    Normalised with UTS 46, then IDNA 2008. Raises BadName.
    """
    name = text.strip()
    _refuse_what_is_no_name(name)
    ascii_name = to_ascii(name)
    if any(ascii_name == end or ascii_name.endswith("." + end) for end in RESERVED):
        raise BadName("reserved", text)
    if _suffixes().privatesuffix(ascii_name) is None:
        raise BadName("public_suffix", text)
    return ascii_name


def _refuse_what_is_no_name(name: str) -> None:
    if not name:
        raise BadName("empty", name)
    if "@" in name:
        raise BadName("email", name)
    if "/" in name or ":" in name:
        raise BadName("address", name)
    if any(char.isspace() or unicodedata.category(char) == "Cc" for char in name):
        raise BadName("not_a_name", name)
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return
    raise BadName("address", name)


def to_ascii(name: str) -> str:
    """A-labels, lower case, without the final dot. Raises BadName."""
    try:
        encoded = idna.encode(name, uts46=True).decode().lower().rstrip(".")
    except idna.IDNAError as error:
        raise BadName("not_a_name", name) from error
    if len(encoded) > LONGEST:
        raise BadName("not_a_name", name)
    return encoded


def to_unicode(name: str) -> str:
    """The form people read; the A-labels themselves where they cannot be shown."""
    try:
        return str(idna.decode(name))
    except idna.IDNAError:
        return name


def mixes_scripts(name: str) -> bool:
    """Whether a label mixes scripts, as look-alikes do (Latin beside Han and kana is usual)."""
    return any(len(_scripts(label)) > 1 for label in to_unicode(name).split("."))


def _scripts(label: str) -> set[str]:
    found = {unicodedata.name(char, "").split(" ")[0] for char in label if char.isalpha()}
    east = found & _EAST_ASIAN
    return found - east - {"LATIN"} | {"LATIN"} if east else found


def organisation_of(name: str) -> str:
    """The domain that somebody registered: one label below the public suffix."""
    return str(_suffixes().privatesuffix(name) or name)


def zone_of(name: str, zones: Iterable[str]) -> str | None:
    """The longest of `zones` that holds `name`; both in A-labels."""
    holding = [zone for zone in zones if is_within(name, zone)]
    return max(holding, key=len, default=None)


def is_within(name: str, zone: str) -> bool:
    """Whether `name` is `zone` or below it."""
    return name == zone or name.endswith("." + zone)

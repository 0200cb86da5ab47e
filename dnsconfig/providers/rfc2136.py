"""Zones at any name server that takes dynamic updates: BIND, Knot, PowerDNS and their like.

Read by AXFR, written by UPDATE (RFC 2136), both signed with TSIG (RFC 8945).
"""

import base64
import re
from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.tsig
import dns.update

from common.errors import Busy, Misconfigured, NotFound, OutcomeUnknown, RemoteError, Stale
from dnsconfig.edits import Edit
from dnsconfig.names import BadName, to_ascii
from dnsconfig.providers import rfc2136_errors as errors
from dnsconfig.providers import rfc2136_update as update
from dnsconfig.providers.base import Capabilities, Key, Written, ZoneProvider, say_nothing
from dnsconfig.providers.rfc2136_errors import Denied, told
from dnsconfig.providers.rfc2136_server import Server, axfr
from dnsconfig.records import Snapshot, plain_name

ALGORITHMS = ("hmac-sha256", "hmac-sha512", "hmac-sha384", "hmac-sha224", "hmac-sha1")
TIMEOUT = (5.0, 30.0)
"""Seconds to connect, and for all of an answer (a transfer is one answer)."""

_SERVER = re.compile(
    r"(?: \[ (?P<v6>[0-9a-f:.]+) \] | (?P<bare_v6>[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*)"
    r" | (?P<host>[^\s:/\[\]]+) ) (?: (?<!:) : (?P<port>\d{1,5}) )?",
    re.X | re.I,
)


class Rfc2136Zones(ZoneProvider):
    """Zones that one key opens at one server, which may be a hidden primary.

    The key must be allowed to transfer each zone: an update is checked against all that is at a
    name, and the DNS has no other way to ask for that.
    """

    capabilities: ClassVar[Capabilities] = Capabilities(
        types=update.TYPES, has_conditional_write=True, is_atomic=True, lists_zones=False
    )
    keys_asked: ClassVar[tuple[Key, ...]] = (
        Key("server", is_secret=False),
        Key("zones", is_secret=False),
        Key("key_name", is_secret=False),
        Key("algorithm", is_secret=False, choices=ALGORITHMS),
        Key("secret"),
    )

    def __init__(
        self,
        *,
        keys: Mapping[str, str],
        private_addresses: bool = False,
        timeout: tuple[float, float] = TIMEOUT,
    ) -> None:
        """`private_addresses`: whether an account may name a server that is not on the internet."""
        self._keys = keys
        self._timeout = timeout
        self._private_addresses = private_addresses

    def zones(self) -> list[str]:
        """Those of the named zones that the key opens. Raises why not where it opens none."""
        opened, problem = [], None
        for zone in _zones(self._keys.get("zones", "")):
            try:
                self._prove(zone)
                opened.append(zone)
            except (NotFound, Misconfigured) as error:
                problem = error
        if not opened and problem is not None:
            raise problem
        return sorted(opened)

    def name_servers(self, zone: str) -> list[str]:
        """Those that the zone names; the server itself may not be among them."""
        answer = self._ask(zone, "NS").answer
        targets = [ns.target for s in answer if s.rdtype == dns.rdatatype.NS for ns in s]
        return sorted(plain_name(target.to_text()) for target in targets)

    def read(self, zone: str, *, names: Iterable[str] | None = None) -> Snapshot:
        """Always by a transfer: types at a name can be listed in no other way."""
        try:
            records = self._server.transfer(zone)
        except Denied as denied:
            raise self._why(zone, denied) from denied
        return update.found(zone, records, names=None if names is None else frozenset(names))

    def write(
        self,
        zone: str,
        edit: Edit,
        *,
        stored: Snapshot,
        tell: Callable[[Written], None] = say_nothing,
    ) -> tuple[Written, ...]:
        """One message, all or nothing, with every touched RRset as its prerequisite.

        Read back, because NOERROR proves nothing. More than 60 kB go in several messages, each
        all or nothing: OutcomeUnknown when a later one does not get through.
        """
        edit = update.joined(edit, stored)
        todo = edit.left_to_do(stored)
        update.check(todo, stored)
        for number, message in enumerate(list(update.messages(todo, stored)) if todo else ()):
            self._send(zone, message, is_first=number == 0)
        told_of = update.results(edit, todo, self._read_back(zone, todo) if todo else stored)
        for each in told_of:
            tell(each)
        return told_of

    def refresh(self, zone: str) -> None:
        """Nothing to do: an update is served at once. Raises NotFound for an unknown zone."""
        self._ask(zone, "SOA")

    def missing_rights(self, zone: str) -> tuple[str, ...]:
        """`UPDATE` where an empty update is refused. BIND's `update-policy` is not tried by it."""
        try:
            self._server.ask(dns.update.UpdateMessage(zone + "."))
        except Denied as denied:
            problem = self._why(zone, denied)
            if not isinstance(problem, Misconfigured) or problem.code == "tsig":
                raise problem from denied
            return ("UPDATE",)
        return ()

    @property
    def _server(self) -> Server:
        host, port = _address(self._keys.get("server", ""))
        return Server(host, port, self._key(), self._timeout, self._private_addresses)

    def _key(self) -> dns.tsig.Key:
        """Raises Misconfigured for a key that cannot sign."""
        algorithm = self._keys.get("algorithm") or ALGORITHMS[0]
        try:
            secret = base64.b64decode(self._keys.get("secret", ""), validate=True)
            name = dns.name.from_text(self._keys.get("key_name", "").strip())
        except (ValueError, dns.exception.DNSException) as error:
            raise errors.credentials(error) from error
        if not secret or algorithm not in ALGORITHMS:
            raise errors.credentials(ValueError("no secret, or an unknown algorithm"))
        return dns.tsig.Key(name, secret, algorithm)

    def _prove(self, zone: str) -> None:
        """The beginning of a transfer is enough."""
        try:
            self._server.ask(axfr(zone))
        except Denied as denied:
            raise self._why(zone, denied) from denied

    def _send(self, zone: str, message: dns.update.UpdateMessage, *, is_first: bool) -> None:
        try:
            self._server.ask(message, lost=OutcomeUnknown)
        except Denied as denied:
            if denied.is_stale and is_first:
                raise told(Stale(errors.CHANGED, code="stale"), denied) from denied
            if not is_first:
                raise told(OutcomeUnknown(errors.CHANGED, code="part"), denied) from denied
            raise self._why(zone, denied) from denied

    def _read_back(self, zone: str, todo: Edit) -> Snapshot:
        try:
            return self.read(zone, names=todo.names)
        except RemoteError as error:
            raise told(OutcomeUnknown(errors.NO_ANSWER, code="read_back"), error) from error

    def _ask(self, zone: str, kind: str) -> dns.message.Message:
        """An authoritative answer."""
        try:
            return self._question(zone, kind)
        except Denied as denied:
            raise self._why(zone, denied) from denied

    def _question(self, zone: str, kind: str) -> dns.message.Message:
        answer = self._server.ask(dns.message.make_query(zone + ".", kind, flags=0))
        if not answer.flags & dns.flags.AA or not answer.answer:
            raise Denied(dns.rcode.REFUSED, is_signed=True)
        return answer

    def _why(self, zone: str, denied: Denied) -> RemoteError:
        """Servers refuse an update or a transfer in different ways, but a signed question for the
        SOA alike: answered where the key is known; unsigned NOTAUTH where it is not (PowerDNS;
        others name the error); REFUSED, signed or not, where the zone is not held.
        """
        if denied.rcode == dns.rcode.SERVFAIL:
            return told(Busy(errors.OVERLOADED, code="servfail"), denied)
        if denied.is_signed and denied.rcode in errors.NOT_UNDERSTOOD:
            return errors.impossible(errors.NOT_TAKEN, "not_understood", denied)
        try:
            self._question(zone, "SOA")
        except Denied as again:
            if again.is_signed or again.rcode == dns.rcode.REFUSED:
                return errors.not_held(denied)
            return errors.credentials(denied)
        return errors.not_allowed(denied)


def _address(text: str) -> tuple[str, int]:
    """Host and port of `name`, `name:port`, `address`, `[address]:port`. Raises Refused."""
    match = _SERVER.fullmatch(text.strip())
    if not match or int(match["port"] or 53) not in range(1, 65_536):
        raise errors.impossible(errors.BAD_SERVER, "server", text)
    return match["v6"] or match["bare_v6"] or match["host"], int(match["port"] or 53)


def _zones(text: str) -> list[str]:
    """Raises Refused."""
    try:
        found = [to_ascii(plain_name(part)) for part in re.split(r"[\s,;]+", text) if part]
    except BadName as error:
        raise errors.impossible(errors.BAD_ZONES, "zones", error) from error
    if not found:
        raise errors.impossible(errors.BAD_ZONES, "zones", text)
    return list(dict.fromkeys(found))

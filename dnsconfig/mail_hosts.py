"""Whose mail hosts are these? Pure."""

import re

from dnsconfig.records import Record

_PARKED = ".msv1.invalid."
_MICROSOFT = re.compile(
    r"\.(mail\.protection\.outlook\.(com|de)|mail\.eo\.outlook\.com|mx\.microsoft"
    r"|mail\.protection\.office365\.us|mail\.protection\.partner\.outlook\.cn)\.$"
)
_GATEWAY = re.compile(
    r"\.(mimecast\.com|mimecast\.co\.za|mimecast-offshore\.com|ppe-hosted\.com|pphosted\.com"
    r"|barracudanetworks\.com|hornetsecurity\.com|antispamcloud\.com|sophos\.com"
    r"|messagelabs\.com|trendmicro\.(com|eu)|iphmx\.com|spamtitan\.com|mailcontrol\.com)\.$"
)


GERMAN_CLOUD = re.compile(r"\.(outlook|lync)\.de\.$")
"""Closed since October 2021: what still leads there leads nowhere."""


def is_microsofts(record: Record) -> bool:
    return bool(_MICROSOFT.search(record.value))


def is_gateway(record: Record) -> bool:
    """A filter in front of Exchange."""
    return bool(_GATEWAY.search(record.value))


def is_proof(record: Record) -> bool:
    """Microsoft's proof of ownership in the form of an MX, which no mail goes to."""
    return record.value.endswith(_PARKED)

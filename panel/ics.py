"""Calendars for other programs (RFC 5545). Pure: all it needs is in the arguments."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

OCTETS: Final = 75
"""A line may not be longer, its line break not counted (3.1)."""
CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, kw_only=True)
class Event:
    """A whole day. Who reads the calendar again finds it by its `uid`."""

    uid: str
    day: date
    summary: str
    description: str = ""
    url: str = ""
    stamp: datetime
    """When what it tells was last changed."""


def calendar(name: str, events: Iterable[Event]) -> Iterator[bytes]:
    """The calendar, event by event."""
    yield _lines(
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Reseller Portal//Calendar//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{escaped(name)}",  # RFC 7986
        f"X-WR-CALNAME:{escaped(name)}",  # the same for older programs
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    )
    for event in events:
        yield _event(event)
    yield _lines("END:VCALENDAR")


def _event(event: Event) -> bytes:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(event.uid)}",
        f"DTSTAMP:{event.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",  # without an end it is one day (3.6.1)
        f"SUMMARY:{escaped(event.summary)}",
    ]
    if event.description:
        lines.append(f"DESCRIPTION:{escaped(event.description)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    return _lines(*lines, "TRANSP:TRANSPARENT", "END:VEVENT")


def escaped(text: str) -> str:
    """A value of type TEXT (3.3.11); control characters, which it may not hold, are left out."""
    text = CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    for character in "\\;,":
        text = text.replace(character, f"\\{character}")
    return text.replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A content line in pieces of at most 75 octets; no character is cut in two (3.1)."""
    pieces, piece = [], b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece])


def _lines(*lines: str) -> bytes:
    return b"".join(folded(line) + b"\r\n" for line in lines)

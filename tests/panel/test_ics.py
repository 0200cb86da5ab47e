"""Calendars for other programs, line by line."""

from datetime import UTC, date, datetime

from panel import ics

STAMP = datetime(2027, 3, 10, 12, 30, tzinfo=UTC)


def event(**facts: str) -> ics.Event:
    return ics.Event(uid="1@portal.example", day=date(2027, 3, 12), stamp=STAMP, **facts)  # type: ignore[arg-type]


def text(*events: ics.Event) -> str:
    return b"".join(ics.calendar("Northwind", events)).decode()


def test_a_calendar() -> None:
    said = text(event(summary="Renewal", url="https://portal.example/1/"))
    assert said.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert (
        "BEGIN:VEVENT\r\nUID:1@portal.example\r\nDTSTAMP:20270310T123000Z\r\n"
        "DTSTART;VALUE=DATE:20270312\r\nSUMMARY:Renewal\r\n"
        "URL:https://portal.example/1/\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
    ) in said
    assert said.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert said.replace("\r\n", "").isprintable()  # no line break but CRLF


def test_an_empty_calendar_is_one() -> None:
    assert text().endswith("\r\nEND:VCALENDAR\r\n")


def test_text_is_escaped() -> None:
    assert ics.escaped("a;b,c\\d") == "a\\;b\\,c\\\\d"
    assert ics.escaped("one\r\ntwo\nthree\rfour") == "one\\ntwo\\nthree\\nfour"
    assert ics.escaped("be\x07ll\x00\x7f") == "bell"


def test_nobody_breaks_out_of_a_line() -> None:
    said = text(event(summary="x\r\nEND:VEVENT\r\nBEGIN:VALARM", description="y\nATTACH:z"))
    assert said.count("END:VEVENT") == 2
    assert said.count("\r\nEND:VEVENT") == 1
    assert "\r\nBEGIN:VALARM" not in said
    assert "\r\nATTACH" not in said


def test_long_lines_are_folded_between_characters() -> None:
    for character in ("a", "é", "€", "🥐"):
        for shift in range(5):
            line = "SUMMARY:" + "x" * shift + character * 200
            pieces = ics.folded(line).split(b"\r\n")
            assert all(len(piece) <= 75 for piece in pieces)
            assert all(piece.startswith(b" ") for piece in pieces[1:])
            for piece in pieces:
                piece.decode()  # no character is cut in two
            assert pieces[0].decode() + "".join(p[1:].decode() for p in pieces[1:]) == line


def test_a_line_that_just_fits_is_left_alone() -> None:
    assert ics.folded("x" * 75) == b"x" * 75
    assert ics.folded("x" * 76) == b"x" * 75 + b"\r\n x"

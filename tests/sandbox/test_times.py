"""The calendar of terms, as the vendor prints it."""

from datetime import UTC, date, datetime

import pytest

from sandbox.control import parse_duration
from sandbox.microsoft.terms import open_batches, without_seats
from sandbox.microsoft.times import read, stamp, term_end


@pytest.mark.parametrize(
    ("start", "term", "end"),
    [
        (date(2025, 6, 18), "P1M", date(2025, 7, 17)),
        (date(2025, 1, 31), "P1M", date(2025, 2, 27)),
        (date(2025, 2, 28), "P1M", date(2025, 3, 27)),
        (date(2025, 5, 31), "P1M", date(2025, 6, 29)),
        (date(2025, 7, 31), "P1M", date(2025, 8, 30)),
        (date(2024, 2, 29), "P1Y", date(2025, 2, 27)),
        (date(2025, 3, 1), "P3Y", date(2028, 2, 29)),
    ],
)
def test_the_last_day_of_a_term(start: date, term: str, end: date) -> None:
    assert term_end(start, term) == end


@pytest.mark.parametrize(
    "text",
    [
        "2025-01-02T03:04:05.1234567Z",
        "2025-01-02T03:04:05.123456",
        "2025-01-02T04:04:05.1234567+01:00",
    ],
)
def test_dates_are_read_in_every_dress(text: str) -> None:
    assert read(text) == datetime(2025, 1, 2, 3, 4, 5, 123456, UTC)
    assert stamp(read(text)) == "2025-01-02T03:04:05.1234560Z"


def test_seats_leave_the_batch_that_closes_first() -> None:
    late = {"quantity": 4, "until": stamp(datetime(2025, 1, 9, tzinfo=UTC))}
    soon = {"quantity": 3, "until": stamp(datetime(2025, 1, 7, tzinfo=UTC))}
    past = {"quantity": 9, "until": stamp(datetime(2025, 1, 1, tzinfo=UTC))}
    found = {"batches": [late, past, soon]}
    batches = open_batches(found, datetime(2025, 1, 5, tzinfo=UTC))
    assert batches == [soon, late]
    assert without_seats(batches, 5) == [{**late, "quantity": 2}]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("P8D", 691200), ("PT6H30M", 23400), ("P1W", 604800), ("-P1D", -86400), ("PT0.5S", 0.5)],
)
def test_durations(text: str, seconds: float) -> None:
    assert parse_duration(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["", "P", "PT", "8 days", "P1Y", "-"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        parse_duration(text)

"""Amounts, times and addresses as people read them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from common.templatetags import values

NBSP = "\N{NO-BREAK SPACE}"
NOON = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)


def render(source: str, **context: object) -> str:
    return Template("{% load portal %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("amount", "currency", "english", "french"),
    [
        (Decimal("1234.5"), "EUR", "€1,234.50", f"1{NBSP}234,50{NBSP}€"),
        (Decimal("0.005"), "GBP", "£0.01", f"0,01{NBSP}£"),
        (Decimal("-12"), "USD", "-$12.00", f"-12,00{NBSP}$"),
        (Decimal("3"), "CHF", f"CHF{NBSP}3.00", f"3,00{NBSP}CHF"),
        (None, "EUR", "–", "–"),
        (0, "EUR", "€0.00", f"0,00{NBSP}€"),
    ],
)
def test_money_is_written_as_each_language_writes_it(
    amount: Decimal | None, currency: str, english: str, french: str
) -> None:
    with translation.override("en"):
        assert values.money(amount, currency) == english
    with translation.override("fr"):
        assert values.money(amount, currency) == french


def test_a_moment_is_shown_in_the_readers_zone_and_told_exactly_to_machines() -> None:
    with timezone.override("Europe/Paris"):
        shown = render("{{ at|moment }}", at=NOON)
    assert shown == '<time datetime="2026-03-04T23:30:00+00:00">5 March 2026, 00:30</time>'


def test_a_contract_day_is_never_shifted_into_another_zone() -> None:
    with timezone.override("Europe/Paris"):
        assert "4 March 2026" in render("{{ at|contract_day }}", at=NOON)
        assert "5 March 2026" in render("{{ at|day }}", at=NOON)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (59, "59 s"), (72, "1 min 12 s"), (3725, "1 h 2 min"), (200_000, "2 days")],
)
def test_durations(seconds: int, text: str) -> None:
    end = NOON + timedelta(seconds=seconds)
    assert render("{% elapsed start end %}", start=NOON, end=end) == text


def test_what_still_runs_is_counted_on_by_the_browser() -> None:
    assert 'data-elapsed="' in render("{% elapsed start %}", start=timezone.now())
    assert render("{% elapsed start %}", start=None) == ""


def test_the_address_keeps_what_is_not_replaced() -> None:
    request = RequestFactory().get("/", {"state": "error", "page": "2"})
    assert render("{% qs page=3 %}", request=request) == "?state=error&amp;page=3"
    assert render("{% qs page=None %}", request=request) == "?state=error"
    assert render("{% qs page=None state=None %}", request=request) == "?"

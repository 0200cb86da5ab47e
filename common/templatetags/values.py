"""How amounts, times and addresses are written for a person."""

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.template import Context
from django.utils import formats, timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

NOTHING = "–"
DAY = "j N Y"  # months as each language abbreviates them
MOMENT = "j N Y, H:i"
"""The month in words: 3/4 is not the same day everywhere."""
SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}
SPACE = "\N{NO-BREAK SPACE}"


def colon() -> str:
    """Between a name and what it is: French has a space before it."""
    return _(": ")


def money(amount: Decimal | int | str | None, currency: str) -> str:
    """`€1,234.50` in English, `1 234,50 €` in French; rounded half up to cents."""
    if amount is None or amount == "":
        return NOTHING
    cents = Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = number_format(abs(cents), 2, use_l10n=True, force_grouping=True)
    minus = "-" if cents < 0 else ""
    sign = SIGNS.get(currency, currency)
    if (get_language() or "en").startswith("en"):
        gap = "" if currency in SIGNS else SPACE
        return f"{minus}{sign}{gap}{text}"
    return f"{minus}{text}{SPACE}{sign}"


def signed_money(amount: Decimal | int, currency: str) -> str:
    """A difference of sums: `+€12.00`."""
    return ("+" if amount > 0 else "") + money(amount, currency)


def signed(number: int) -> str:
    """A difference of numbers: `+1,200`."""
    return ("+" if number > 0 else "") + number_format(number, use_l10n=True, force_grouping=True)


def short(number: Decimal | int) -> str:
    """Two or three digits, for a narrow place: `9.5`, `950`, `12.3k`, `1.2M`."""
    value, unit = Decimal(number), ""
    for larger in ("k", "M"):
        if abs(value) >= Decimal("999.5"):
            value, unit = value / 1000, larger
    shown = value.quantize(Decimal("0.1") if abs(value) < 100 else Decimal(1), ROUND_HALF_UP)
    places = 0 if shown == shown.to_integral_value() else 1
    return number_format(shown, places) + unit


def who(label: str) -> str:
    """Who asked for something, as the history keeps it: a person, or a part of the portal."""
    parts = {"portal": _("the portal"), "sign-in": _("the sign-in")}
    return parts.get(label, label)


def moment(at: datetime | None) -> str:
    """Date and time in the reader's zone, the exact instant for machines."""
    if at is None:
        return NOTHING
    text = formats.date_format(timezone.localtime(at), MOMENT)
    return _time(at.astimezone(UTC).isoformat(timespec="seconds"), text)


def day(at: datetime | date | None) -> str:
    """The date in the reader's zone."""
    if at is None:
        return NOTHING
    shown = timezone.localtime(at).date() if isinstance(at, datetime) else at
    return _time(shown.isoformat(), formats.date_format(shown, DAY))


def contract_day(at: datetime | date | None) -> str:
    """A date of a contract with Microsoft: UTC, never shifted into another zone."""
    return day(at.astimezone(UTC).date() if isinstance(at, datetime) else at)


def elapsed(start: datetime | None, end: datetime | None = None) -> str:
    """Time since `start`; the browser counts on while there is no `end`."""
    if start is None:
        return ""
    seconds = max(0, int(((end or timezone.now()) - start).total_seconds()))
    if end is not None:
        return duration(seconds)
    return format_html('<span data-elapsed="{}">{}</span>', seconds, duration(seconds))


def duration(seconds: int) -> str:
    """`42 s`, `3 min 5 s`, `2 h 10 min`, `4 days`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes_left = divmod(minutes, 60)
    if seconds < 60:
        return _("%(seconds)s s") % {"seconds": seconds}
    if hours < 1:
        return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": rest}
    if hours < 48:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes_left}
    days = hours // 24
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def query(context: Context, **changes: Any) -> str:
    """The address' query string with some values replaced; `None` removes one."""
    values = context["request"].GET.copy()
    for name, value in changes.items():
        values.pop(name, None)
        if value is not None:
            values[name] = str(value)
    return f"?{values.urlencode()}" if values else "?"


def _time(machine: str, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', machine, text)

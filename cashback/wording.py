"""A rule and a line in words, the same on the page, in the file and through REST."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cashback.models import Line, Rule
from common.templatetags.values import money


def terms_of(rule: Rule) -> str:
    """`3% of the net price, from 100 to 499 seats, at most €500.00 a month`."""
    parts = [_("%(rate)s%% of the net price") % {"rate": number_format(rule.rate.normalize())}]
    if rule.seats_to is not None:
        span = {"first": rule.seats_from, "last": rule.seats_to}
        parts.append(_("from %(first)s to %(last)s seats") % span)
    elif rule.seats_from:
        text = ngettext("from %(first)s seat on", "from %(first)s seats on", rule.seats_from)
        parts.append(text % {"first": rule.seats_from})
    if rule.cap is not None:
        parts.append(_("at most %(cap)s a month") % {"cap": money(rule.cap, rule.currency)})
    return ", ".join(parts)


def rule_of(line: Line) -> str:
    """Which rule produced the figure, and how."""
    if line.corrects is not None:
        return _("Correction of %(month)s") % {"month": f"{line.corrects:%Y-%m}"}
    if line.rule is None:
        return _("No rule covers these seats.")
    text = _("%(name)s: %(terms)s; %(volume)s seats reached")
    values = {"name": line.rule.name, "terms": terms_of(line.rule), "volume": line.volume}
    said = text % values
    return said + " " + _("(cut at its maximum)") if line.is_capped else said


class Wordings:
    """What was said once is not put into words again: thousands of lines have a few rules."""

    def __init__(self) -> None:
        self._said: dict[tuple[object, ...], str] = {}

    def of(self, line: Line) -> str:
        """`rule_of` the line."""
        key = (line.rule_id, line.volume, line.is_capped, line.corrects)
        if key not in self._said:
            self._said[key] = rule_of(line)
        return self._said[key]

"""`{% load inbox %}`: how a notification looks."""

from django import template
from django.utils.translation import gettext_lazy as _

from common.templatetags.marks import Mark

register = template.Library()

MARKS = {
    "good": Mark("good", "check-circle", _("Good news")),
    "info": Mark("info", "info-circle", _("Information")),
    "warn": Mark("warn", "exclamation-triangle", _("Needs attention")),
    "bad": Mark("bad", "x-circle", _("Problem")),
}


@register.filter
def severity_mark(severity: str) -> Mark:
    """Icon, words and tone: never colour alone."""
    return MARKS[severity]

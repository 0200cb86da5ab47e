"""`{{ line|rule }}`: the rule that produced a figure, in words."""

from django import template

from cashback.models import Line
from cashback.wording import rule_of

register = template.Library()


@register.filter
def rule(line: Line) -> str:
    return rule_of(line)

"""`{% load staff %}`: what the admin's index shows of our rooms."""

from django import template

from accounts.models import User
from panel.waiting import Block, blocks_for

register = template.Library()


@register.simple_tag
def waiting_for(user: User) -> list[Block]:
    """What waits for this member of staff."""
    return blocks_for(user)

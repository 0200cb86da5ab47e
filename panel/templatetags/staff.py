"""`{% load staff %}`: what the admin's index shows of our rooms."""

from django import template

from accounts.models import User
from panel.dashboards import boards_for
from panel.dashboards.board import Board
from panel.waiting import Block, blocks_for

register = template.Library()


@register.simple_tag
def waiting_for(user: User) -> list[Block]:
    """What waits for this member of staff."""
    return blocks_for(user)


@register.simple_tag
def dashboards_for(user: User) -> list[Board]:
    """How the portal does, as far as this member of staff may see it."""
    return boards_for(user)

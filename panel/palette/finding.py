"""One search over pages, actions and records; the palette and its page ask the same."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.access import Actor
from common.folding import fold
from panel.palette.actions import actions_called, actions_of
from panel.palette.entries import Entry, Group
from panel.palette.pages import pages_called, topics_called
from panel.palette.pins import pinned_by
from panel.palette.recent import recent_pages
from panel.palette.records import records

LONGEST = 100


@dataclass(frozen=True)
class Wish:
    """What is asked: `>` before the text asks for actions alone."""

    text: str
    on: str = ""
    """The service whose page is open."""
    recent: str = ""
    scripted: bool = False

    @property
    def words(self) -> list[str]:
        return fold(self.text.removeprefix(">")).split()

    @property
    def is_for_actions(self) -> bool:
        return self.text.startswith(">")


@dataclass(frozen=True)
class Found:
    """Groups in the order in which they are shown."""

    groups: list[Group]

    @property
    def number(self) -> int:
        return sum(len(group.entries) for group in self.groups)

    @property
    def only(self) -> Entry | None:
        """The one thing that was called by its very number, id or name."""
        exact = [each for group in self.groups for each in group.entries if each.is_exact]
        return exact[0] if len(exact) == 1 else None


def find(actor: Actor, wish: Wish) -> Found:
    """A constant number of queries, whatever there is."""
    if wish.is_for_actions:
        return _of([_actions(actor, wish)])
    if not wish.words:
        return _of(_beginning(actor, wish))
    pages = Group("pages", _("Pages"), pages_called(actor, wish.words)[:8])
    topics = Group("topics", _("Help"), topics_called(wish.words))
    return _of([pages, _actions(actor, wish), *records(actor, wish.text), topics])


def _beginning(actor: Actor, wish: Wish) -> list[Group]:
    """Nothing is typed yet."""
    pinned = [
        Entry(row.display_name, row.get_absolute_url(), "star-fill", row.service_name)
        for row in pinned_by(actor)
    ]
    return [
        Group("recent", _("Lately seen"), recent_pages(actor, wish.recent)),
        Group("pinned", _("Pinned services"), pinned),
        Group("actions", _("On this page"), actions_of(actor, wish.on)),
        Group("pages", _("Pages"), pages_called(actor, [])[:8]),
    ]


def _actions(actor: Actor, wish: Wish) -> Group:
    called = actions_called(actor, wish.words, on=wish.on, scripted=wish.scripted)
    return Group("actions", _("Actions"), called)


def _of(groups: list[Group]) -> Found:
    return Found([group for group in groups if group.entries])

"""The style guide shows every part; for staff alone."""

from pathlib import Path

from django.conf import settings

from common.templatetags.marks import MARKS
from tests.people import People

PAGE = "/styleguide/"
OF_THE_FRAME = {"footer", "look", "me", "menu", "menu_link", "messages", "topbar"}
OF_ANOTHER = {"field": "form", "field_errors": "errors", "field_help": "form", "step": "steps"}


def test_it_names_every_part(people: People) -> None:
    html = people.staff.get(PAGE).content.decode()
    parts = {
        path.stem.removeprefix("_")
        for path in Path(settings.BASE_DIR, "templates", "components").glob("_*.html")
    }
    shown = parts - OF_THE_FRAME - set(OF_ANOTHER)
    assert not {part for part in shown if f"components/_{part}.html" not in html}


def test_it_shows_states_errors_and_choices(people: People) -> None:
    html = people.staff.get(PAGE).content.decode()
    for state in MARKS:
        assert f">{state}</code>" in html
    assert "This field is required." in html
    assert "<dialog" in html and "<del" in html and 'class="choices"' in html


def test_it_is_nobody_elses(people: People) -> None:
    assert people.owner.get(PAGE).status_code == 404
    assert people.client("nobody").get(PAGE).status_code == 302

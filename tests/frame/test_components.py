"""Fields, badges, pages and steps."""

from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from common.templatetags import marks, pages


class PersonForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the door.")
    agreed = forms.BooleanField(label="Agreed", required=False)
    role = forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    country = forms.ChoiceField(choices=[("FR", "France")])
    key = forms.CharField(widget=forms.HiddenInput, required=False)


def field(name: str, data: dict[str, str] | None = None, **options: str) -> str:
    source = "{% load portal %}{% field field check=check suffix=suffix %}"
    context = {"field": PersonForm(data)[name], "check": "", "suffix": "", **options}
    return Template(source).render(Context(context))


def test_a_wrong_field_says_what_is_wrong_to_everybody() -> None:
    shown = field("name", {})
    assert 'class="form-control is-invalid"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert 'id="id_name_helptext"' in shown and 'id="id_name_error"' in shown
    assert "This field is required." in shown


def test_a_live_check_posts_and_answers_beside_the_field() -> None:
    shown = field("name", check="/check/name/")
    assert 'hx-post="/check/name/"' in shown and 'hx-target="#id_name_check"' in shown
    assert 'aria-describedby="id_name_helptext id_name_check"' in shown
    assert 'id="id_name_check" aria-live="polite"' in shown


def test_every_kind_of_input_has_its_name() -> None:
    assert '<label class="form-check-label" for="id_agreed">Agreed</label>' in field("agreed")
    assert "<legend>Role" in field("role") and 'type="radio"' in field("role")
    assert 'class="form-select"' in field("country")
    assert "<label" not in field("key")
    assert '<span class="input-group-text">.example</span>' in field("name", suffix=".example")


def test_the_summary_leads_to_the_fields() -> None:
    shown = render_to_string("components/_errors.html", {"form": PersonForm({})})
    assert '<a href="#id_name">Name</a>' in shown
    assert 'role="alert"' in shown


def test_a_state_is_an_icon_and_words_and_unknown_ones_survive() -> None:
    assert "tone-good" in marks.badge("active") and "active" in marks.badge("active")
    assert "needs you" in marks.badge("error", "needs you")
    assert "brandNew" in marks.badge("brandNew") and "tone-plain" in marks.badge("brandNew")
    assert "&lt;b&gt;" in marks.badge("<b>")


def test_only_an_icon_with_a_label_is_read_out() -> None:
    assert "visually-hidden" not in marks.icon("trash")
    assert '<span class="visually-hidden">Delete</span>' in marks.icon("trash", "Delete")


@pytest.mark.parametrize(
    ("count", "number", "shown"),
    [
        (1, 1, [1]),
        (5, 3, [1, 2, 3, 4, 5]),
        (20, 1, [1, 2, 3, None, 20]),
        (20, 10, [1, None, 8, 9, 10, 11, 12, None, 20]),
        (20, 5, [1, 2, 3, 4, 5, 6, 7, None, 20]),
    ],
)
def test_page_numbers(count: int, number: int, shown: list[int | None]) -> None:
    page = Paginator(range(count), 1).page(number)
    assert list(pages.page_numbers(page)) == shown


def test_the_pager_goes_everywhere_and_keeps_the_filter() -> None:
    request = RequestFactory().get("/", {"state": "error", "page": "2"})
    page = Paginator(range(95), 10).page(2)
    context = {"page": page, "sizes": [10, 25], "size": 10, "anchor": "list"}
    shown = render_to_string("components/_pager.html", context, request=request)
    for number in (1, 3, 10):
        assert f"?state=error&amp;page={number}#list" in shown
    assert '<input type="hidden" name="state" value="error">' in shown
    assert "11–20 of 95" in shown


def step(**fields: Any) -> SimpleNamespace:
    blank: dict[str, Any] = {"kind": "x", "label": "", "is_waiting": False, "failures": 0}
    return SimpleNamespace(**blank | {"started_at": None, "error_text": ""} | fields)


def test_steps_say_state_last_error_and_who_acts_next() -> None:
    steps = [
        step(state="done", label="Create the customer"),
        step(
            state="error",
            label="Check out",
            error_text="The card was refused.",
            error_code="900",
            failures=2,
            get_next_actor_display="the customer",
        ),
        step(state="todo", is_waiting=True, label="Approval", get_next_actor_display="Microsoft"),
    ]
    shown = render_to_string("components/_steps.html", {"steps": steps, "url": "/", "open": True})
    for words in ("Create the customer", "The card was refused.", "900", "2 failed attempts"):
        assert words in shown
    assert "the customer" in shown and "waiting" in shown
    assert 'data-announce="1 of 3 steps done"' in shown
    assert 'hx-trigger="every 2s"' in shown


def test_steps_that_rest_ask_nothing() -> None:
    shown = render_to_string("components/_steps.html", {"steps": [step(state="done")]})
    assert "hx-" not in shown

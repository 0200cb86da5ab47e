"""Example data for the style guide: what the parts of pages are given."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.operations.labels import label_of
from accounts.second_factor.grave import TypedNameForm
from common.templatetags.marks import MARKS
from journal.models import NextActor

WHEN = [("end", _("at the end of the term")), ("now", _("now"))]
SERVICES = [("exchange", "Exchange Online"), ("intune", "Intune")]
BUTTONS = [("btn-primary", _("Order")), ("btn-outline", _("Show")), ("btn-quiet", _("Back"))]


class ExampleForm(forms.Form):
    """Every kind of field."""

    company = forms.CharField(label=_("Company"), help_text=_("As the customer writes it."))
    email = forms.EmailField(label=_("E-mail address"))
    seats = forms.IntegerField(label=_("Number of licences"), min_value=1, max_value=300)
    country = forms.ChoiceField(label=_("Country"), choices=[("FR", "France"), ("BE", "Belgique")])
    when = forms.ChoiceField(label=_("When"), choices=WHEN, widget=forms.RadioSelect)
    services = forms.MultipleChoiceField(
        label=_("Services"), choices=SERVICES, widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    file = forms.FileField(label=_("File"), required=False)
    agreed = forms.BooleanField(label=_("I have read the terms."))


class SeatsForm(forms.Form):
    """A small form."""

    seats = forms.IntegerField(label=_("Number of licences"), min_value=1, max_value=300)


def all_of_them() -> dict[str, Any]:
    """The context of the style guide."""
    wrong = {"wrong-email": "office", "wrong-seats": "0", "wrong-country": "FR"}
    return {
        "buttons": BUTTONS,
        "visit": visit(),
        "states": [(name, mark.text) for name, mark in MARKS.items()],
        "blank": ExampleForm(prefix="blank", initial={"country": "FR", "when": "end"}),
        "seats": SeatsForm(prefix="example", initial={"seats": 12}),
        "wrong": ExampleForm(wrong, prefix="wrong"),
        "columns": [gettext("Licence"), gettext("Number of licences")],
        "rows": [["Microsoft 365 Business Basic", 12], ["Exchange Online (Plan 1)", 3]],
        "page": Paginator(range(240), 10).page(7),
        "sizes": (10, 25, 50),
        "steps": steps(),
        "removed": ["contoso.example MX 10 mail.contoso.example."],
        "added": ["contoso.example MX 0 contoso-example.mail.protection.outlook.com."],
        "choices": {"key": "mx", "type": "MX", "name": "contoso.example", "choices": choices()},
        "bars": [
            SimpleNamespace(name="Microsoft 365 Business Basic", value=12, share=100),
            SimpleNamespace(name="Exchange Online (Plan 1)", value=3, share=25),
        ],
        "weeks": [
            SimpleNamespace(
                first=now() + timedelta(weeks=n), value=n, share=n * 25, gap=100 - n * 25
            )
            for n in range(5)
        ],
        "grave": grave(),
        "places": [("places", gettext("Sections of a page")), ("grave-h", gettext("Question"))],
        **listing(),
        "now": now(),
    }


def listing() -> dict[str, Any]:
    """A list of two rows, sorted by its first column."""
    name = SimpleNamespace(name="name", label=gettext("Service"), sort="name", is_number=False)
    seats = SimpleNamespace(name="seats", label=gettext("Licences"), sort="", is_number=True)
    return {
        "list": SimpleNamespace(title=gettext("Services")),
        "heads": [(name, "ascending"), (seats, "")],
        "list_rows": [
            (1, [(name, "Contoso"), (seats, 12)]),
            (2, [(name, "Fabrikam"), (seats, 3)]),
        ],
    }


def grave() -> SimpleNamespace:
    """A deed whose name is typed."""
    form = TypedNameForm(name="Contoso Bakery")
    return SimpleNamespace(form=form, by_factor=True, is_proven=False)


def steps() -> list[SimpleNamespace]:
    """A journey with a step of each state."""
    began = now() - timedelta(minutes=2)
    ended: dict[str, Any] = {"finished_at": began + timedelta(seconds=9), "started_at": began}
    failed = {**ended, "failures": 3}
    return [
        _step("order.fill_cart", "done", **ended),
        _step("order.checkout", "doing", started_at=began),
        _step("tenant.await_gdap", "todo", NextActor.CUSTOMER, is_waiting=True),
        _step("order.await_subscriptions", "error", NextActor.STAFF, error_code="800074", **failed),
        _step("tenant.mail_welcome", "todo"),
    ]


def _step(
    kind: str, state: str, actor: NextActor = NextActor.PORTAL, **members: Any
) -> SimpleNamespace:
    usual: dict[str, Any] = {
        "failures": 0,
        "started_at": None,
        "finished_at": None,
        "is_waiting": False,
    }
    usual |= {"error_code": "", "error_text": "", "pk": None}
    shown = {"label": label_of(kind), "get_next_actor_display": actor.label}
    if members.get("error_code"):
        members["error_text"] = "Microsoft is busy."
    return SimpleNamespace(**{**usual, **shown, "kind": kind, "state": state, **members})


def choices() -> list[SimpleNamespace]:
    """Two ways out of a conflict."""
    return [
        SimpleNamespace(way="keep", text=gettext("Keep it"), is_chosen=True, is_suggested=True),
        SimpleNamespace(
            way="replace",
            text=gettext("Replace it"),
            is_chosen=False,
            removes=["10 mail.contoso.example."],
            adds=["0 contoso-example.mail.protection.outlook.com."],
        ),
    ]


def visit() -> SimpleNamespace:
    """Staff in the place of an owner."""
    return SimpleNamespace(
        account=SimpleNamespace(name="Northwind"),
        member=SimpleNamespace(email="owner@northwind.example"),
        staff=SimpleNamespace(email="staff@portal.example"),
        ends_at=now() + timedelta(minutes=60),
        may_change=False,
    )

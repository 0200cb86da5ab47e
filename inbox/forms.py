"""Filters of the list, choices by topic, and quiet until a day."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.models import Membership, Topic, Way
from accounts.telling import FIXED, ways_of
from inbox.models import NotificationQuerySet
from tenants.access import tenants_of

FREE = [(topic.value, topic.label) for topic in Topic if topic not in FIXED]


class Filters(forms.Form):
    """As they stand in the address; one that is not understood is left out."""

    show = forms.ChoiceField(
        label=_("Show"), required=False, choices=[("", _("All")), ("unread", _("Unread only"))]
    )
    topic = forms.ChoiceField(
        label=_("Topic"), required=False, choices=[("", _("All")), *Topic.choices]
    )

    def kept(self, rows: NotificationQuerySet) -> NotificationQuerySet:
        self.is_valid()
        if self.cleaned_data.get("show") == "unread":
            rows = rows.unread()
        if topic := self.cleaned_data.get("topic"):
            rows = rows.filter(topic=topic)
        return rows

    @property
    def is_set(self) -> bool:
        self.is_valid()
        return any(self.cleaned_data.values())


class ChoicesForm(forms.Form):
    """One way per topic; security is not asked about."""

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for topic, way in ways_of(membership).items():
            if topic not in FIXED:
                self.fields[topic.value] = forms.ChoiceField(
                    label=topic.label, choices=Way.choices, initial=way
                )

    @property
    def ways(self) -> dict[Topic, Way]:
        return {Topic(topic): Way(way) for topic, way in self.cleaned_data.items()}


class QuietForm(forms.Form):
    """A topic or a service, until the morning of a day."""

    topic = forms.ChoiceField(
        label=_("Topic"), required=False, choices=[("", _("None: one service")), *FREE]
    )
    service = forms.CharField(
        label=_("Service"),
        required=False,
        max_length=100,
        help_text=_("Its internal name, for example contoso.onmicrosoft.com."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    until = forms.DateField(
        label=_("Quiet until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or self.cleaned_data
        topic, name = kept.get("topic"), (kept.get("service") or "").strip()
        kept["place"] = ""
        if topic and name:
            self.add_error("service", _("Choose a topic or a service, not both."))
        elif name:
            tenant = tenants_of(self.actor).filter(service_name__iexact=name).first()
            if tenant is None:
                self.add_error("service", _("There is no service of this name."))
            else:
                kept["place"] = tenant.key
        elif not topic and "topic" not in self.errors:
            self.add_error("topic", _("Choose a topic or a service."))
        return kept

    @property
    def asked(self) -> dict[str, Any]:
        """What the use case is told; the day begins at midnight where the account is."""
        kept = self.cleaned_data
        until = datetime.combine(kept["until"], time(), tzinfo=get_current_timezone())
        return {"topic": kept["topic"], "place": kept["place"], "until": until}

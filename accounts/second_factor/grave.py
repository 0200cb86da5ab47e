"""Deeds that hurt and cannot be undone: their name is typed, and the person proves once more
who they are. The one place of that rule; an API token carries its own proof and is not asked."""

import time
from collections.abc import Sequence
from typing import Any, Final

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import person_of
from accounts.second_factor.policy import factors_of

FRESH: Final = 300
"""Seconds, by the real clock, for which a proof is good."""

KEPT: Final = "grave_deed"
"""What was typed, in the session, while the person proves who they are."""


class TypedNameForm(forms.Form):
    """The name of what is lost; case and blanks around it do not matter."""

    typed_name = forms.CharField(
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Type the name to confirm.")},
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        bold = format_html("<strong>{}</strong>", name)
        self.fields["typed_name"].label = format_html(_("Type {name} to confirm"), name=bold)

    def clean_typed_name(self) -> str:
        typed: str = self.cleaned_data["typed_name"]
        if " ".join(typed.casefold().split()) != " ".join(self.name.casefold().split()):
            raise forms.ValidationError(_("This is another name."), code="another_name")
        return typed


class Grave:
    """One such deed on one page: `name` is typed, `reasons` say why it is grave."""

    def __init__(
        self, request: HttpRequest, *, name: str, reasons: Sequence[str] = (), page: str = ""
    ) -> None:
        """`page`: where it is asked, if that is not the address that was sent to."""
        self._request, self._page = request, page or request.path
        self.reasons = reasons
        sent = typed(request)
        is_sure = sent is not None and not {"typed_name", "confirm"}.isdisjoint(sent)
        self.form = TypedNameForm(sent if is_sure else None, name=name)

    @cached_property
    def by_factor(self) -> bool:
        """Proven by a second factor; by the password where the person has none."""
        return factors_of(person_of(self._request)).exists()

    @cached_property
    def is_proven(self) -> bool:
        """In this browser, a moment ago."""
        needed = "mfa" if self.by_factor else "password"
        records = get_authentication_records(self._request, person_of(self._request))
        since = time.time() - FRESH
        return any(each["method"] == needed and each["at"] > since for each in records)

    def missing(self) -> HttpResponse | None:
        """The way to the proof, when there is none; it leads back to the page as it was sent."""
        if self.is_proven:
            return None
        self._keep()
        if self.by_factor:
            text = _("Prove it with your second factor: a password is not enough.")
            messages.info(self._request, text)
        back = urlencode({"next": self._page})
        return redirect(f"{_proof_url(self._request, self.by_factor)}?{back}")

    def stopped(self) -> HttpResponse | None:
        """For an address that only acts: back to the page with what is wrong, or to the proof."""
        if self.form.is_valid():
            return self.missing()
        self._keep()
        return redirect(self._page)

    def _keep(self) -> None:
        body = self._request.POST.copy()
        for name in ("csrfmiddlewaretoken", "confirm"):
            body.pop(name, None)
        self._request.session[KEPT] = {"path": self._page, "body": body.urlencode()}


def typed(request: HttpRequest) -> QueryDict | None:
    """What stands in the form: sent now, or sent before the proof was asked for."""
    if request.method == "POST":
        return request.POST
    if not hasattr(request, "_kept"):
        kept = request.session.pop(KEPT, None)
        here = kept is not None and kept["path"] == request.path
        request._kept = QueryDict(kept["body"]) if here else None  # type: ignore[attr-defined]
    return request._kept  # type: ignore[attr-defined, no-any-return]


def _proof_url(request: HttpRequest, by_factor: bool) -> str:
    by_password = reverse("account_reauthenticate")
    if not by_factor:
        return by_password
    ways = get_adapter().get_reauthentication_methods(person_of(request))
    return next((way["url"] for way in ways if way["url"] != by_password), by_password)

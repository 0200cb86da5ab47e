"""Staff's page of the provider's sign-in, and the way to Microsoft to renew it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.admin import ReadOnlyAdmin, by_of
from common.clock import microsoft_now
from common.errors import RemoteError
from connections import remote, services
from connections.instructions import instruction_for
from connections.models import Connection, Health

FLOW = "microsoft_sign_in"
"""Key of the session that holds the flow until the browser comes back."""


@admin.register(Connection)
class ConnectionAdmin(ReadOnlyAdmin):
    list_display = ("alias", "health", "days_left", "has_mfa", "signed_in_by", "to_do", "sign_in")
    exclude = ("token", "token_digest", "seed_digest", "warned_days")

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<int:pk>/sign-in/", self.admin_site.admin_view(self.begin), name="sign_in"),
            path("signed-in/", self.admin_site.admin_view(self.finish), name="signed_in"),
        ]
        return own + super().get_urls()

    @admin.display(description=_("state"))
    def health(self, connection: Connection) -> str:
        return str(Health(connection.health(microsoft_now())).label)

    @admin.display(description=_("days left"))
    def days_left(self, connection: Connection) -> int | None:
        return connection.days_left(microsoft_now())

    @admin.display(description=_("what to do"))
    def to_do(self, connection: Connection) -> str:
        if connection.has_mfa is False:
            return instruction_for("AADSTS50076")
        if connection.health(microsoft_now()) == Health.GOOD:
            return gettext("Nothing.")
        return instruction_for(connection.refused_code)

    @admin.display(description=_("sign-in"))
    def sign_in(self, connection: Connection) -> str:
        url = reverse("admin:sign_in", args=[connection.pk])
        return format_html('<a href="{}">{}</a>', url, _("Sign in at Microsoft"))

    def begin(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Off to Microsoft; the flow waits in the session of this browser.

        `next` in the query: the page of ours to come back to.
        """
        self._need_act(request)
        connection = get_object_or_404(Connection, pk=pk)
        uri = request.build_absolute_uri(reverse("admin:signed_in"))
        try:
            started = remote.begin(alias=connection.alias, redirect_uri=uri)
        except RemoteError as error:
            to = request.GET["next"] if _leads_back(request) else None
            return self._back(request, error.message, to=to)
        back = {"to": request.GET["next"]} if _leads_back(request) else {}
        request.session[FLOW] = {"alias": connection.alias, "flow": started.flow, **back}
        return HttpResponseRedirect(started.url)

    def finish(self, request: HttpRequest) -> HttpResponse:
        """Back from Microsoft with a code that is exchanged for a refresh token, once."""
        self._need_act(request)
        kept = request.session.pop(FLOW, None)
        if kept is None:
            return self._back(request, gettext("This sign-in began elsewhere. Begin again."))
        try:
            who = remote.finish(alias=kept["alias"], flow=kept["flow"], answer=_answer(request))
        except RemoteError as error:
            known = instruction_for(error.code) if error.code.startswith("AADSTS") else ""
            return self._back(request, f"{error.message} {known}".strip(), to=kept.get("to"))
        if not who.has_mfa:
            return self._back(request, instruction_for("AADSTS50076"), to=kept.get("to"))
        services.sign_in(
            alias=kept["alias"],
            token=who.refresh_token,
            user_name=who.user_name,
            has_mfa=who.has_mfa,
            by=by_of(request),
        )
        messages.success(request, gettext("The portal is signed in at Microsoft again."))
        return redirect(kept.get("to", "admin:connections_connection_changelist"))

    def _need_act(self, request: HttpRequest) -> None:
        if not self.has_act_permission(request):
            raise PermissionDenied

    def _back(self, request: HttpRequest, text: str, *, to: str | None = None) -> HttpResponse:
        messages.error(request, gettext(text))
        return redirect(to or "admin:connections_connection_changelist")


def _answer(request: HttpRequest) -> dict[str, Any]:
    return {name: value for name, value in request.GET.items() if isinstance(value, str)}


def _leads_back(request: HttpRequest) -> bool:
    """Whether `next` is a page of ours."""
    return url_has_allowed_host_and_scheme(
        request.GET.get("next", ""), {request.get_host()}, request.is_secure()
    )

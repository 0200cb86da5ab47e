"""What the list of operations is narrowed by."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from accounts.operations.labels import label_of
from journal.models import NextActor, Operation, State

UNFINISHED = (State.TODO, State.DOING, State.ERROR)
MOST_ACCOUNTS = 20
ACTORS: dict[str, Any] = {
    **{actor.value: actor.label for actor in NextActor},
    NextActor.PORTAL: _("the portal, by itself"),
    NextActor.RESELLER: _("the reseller"),
}
"""As staff calls them."""
AGES = {
    "5m": (timedelta(minutes=5), _("longer than 5 minutes")),
    "1h": (timedelta(hours=1), _("longer than an hour")),
    "1d": (timedelta(days=1), _("longer than a day")),
    "7d": (timedelta(days=7), _("longer than a week")),
}


class KindFilter(admin.SimpleListFilter):
    """By the names that people read: those of unfinished operations, and the chosen one."""

    title = _("task")
    parameter_name = "kind__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = Operation.objects.filter(state__in=UNFINISHED).order_by()
        kinds = {*rows.values_list("kind", flat=True).distinct(), request.GET.get("kind__exact")}
        return sorted(((k, label_of(k)) for k in kinds if k), key=lambda each: each[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class ActorFilter(admin.SimpleListFilter):
    """Of what is not finished."""

    title = _("who acts next")
    parameter_name = "next_actor__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(ACTORS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ACTORS:
            return queryset
        return queryset.filter(state__in=UNFINISHED, next_actor=self.value())


class AgeFilter(admin.SimpleListFilter):
    """Not done since it was asked for."""

    title = _("unfinished for")
    parameter_name = "unfinished"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(key, words) for key, (_age, words) in AGES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in AGES:
            return queryset
        before = now() - AGES[str(self.value())][0]
        return queryset.filter(state__in=UNFINISHED, created_at__lt=before)


class AccountFilter(admin.SimpleListFilter):
    """Those with the most in error, and the chosen one; any other by its address."""

    title = _("account")
    parameter_name = "account_id"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        failed = Operation.objects.filter(state=State.ERROR).exclude(account_id=None)
        most = failed.values_list("account_id").annotate(n=Count("pk")).order_by("-n")
        chosen = request.GET.get(self.parameter_name, "")
        numbers = [pk for pk, _n in most[:MOST_ACCOUNTS]]
        numbers += [int(chosen)] if chosen.isdecimal() and len(chosen) < 10 else []
        rows = Account.objects.filter(pk__in=numbers).order_by("name")
        return [("none", str(_("of no account"))), *((str(row.pk), str(row)) for row in rows)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value() or ""
        if value == "none":
            return queryset.filter(account_id=None)
        return queryset.filter(account_id=value) if value.isdecimal() else queryset

"""Rows of the journal with the names that it does not know itself."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from common.admin import ReadOnlyAdmin
from panel.console.subjects import in_words


class NamedList(ChangeList):
    """Looks up what a whole page of rows is about at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = list(self.result_list)
        words = in_words({row.subject for row in rows})
        for row in rows:
            row.words = words[row.subject]
        self.result_list = rows


class NamedRows(ReadOnlyAdmin):
    """`about` and `of_account` for rows that bear a subject and the number of an account."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        names = Account.objects.filter(pk=OuterRef("account_id")).values("name")
        rows = super().get_queryset(request)
        named: QuerySet[Any] = rows.annotate(account_name=Subquery(names[:1]))
        return named

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NamedList

    @admin.display(description=_("about"), ordering="subject")
    def about(self, row: Any) -> str:
        """In words, and the way to it."""
        if not hasattr(row, "words"):  # the only one on its page
            return in_words({row.subject})[row.subject]
        return str(row.words)

    @admin.display(description=_("account"), ordering="account_id")
    def of_account(self, row: Any) -> str:
        """The way to the account; from there staff may look into it."""
        if not row.account_name:
            return "–"
        address = reverse("admin:accounts_account_change", args=[row.account_id])
        return format_html('<a href="{}">{}</a>', address, row.account_name)

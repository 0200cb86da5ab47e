"""Django's admin as staff uses it: everything can be read, changes go through services."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.db.models import Model, QuerySet, URLField
from django.http import HttpRequest

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LINKS: dict[Any, dict[str, Any]] = {URLField: {"assume_scheme": "https"}}


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """Nothing is added, edited or deleted here; actions call the same services as everybody.

    Actions with `permissions=["act"]` are for staff who may change the model.
    """

    formfield_overrides = LINKS

    def has_act_permission(self, request: HttpRequest) -> bool:
        codename = get_permission_codename("change", self.opts)
        return bool(request.user.has_perm(f"{self.opts.app_label}.{codename}"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ConfigurationAdmin(admin.ModelAdmin[Any]):
    """Rows that staff writes here and nobody elsewhere; Django's log keeps who changed what."""

    formfield_overrides = LINKS

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadOnlyInline(admin.TabularInline[Any, Any]):
    """Rows that belong to the one shown."""

    template = "admin/_rows.html"
    extra = 0
    can_delete = False
    formfield_overrides = LINKS

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def in_words(name: str, words: Mapping[str, "StrOrPromise"], description: "StrOrPromise") -> Any:
    """A column of codes, shown in words; a code without words stays as it is."""

    @admin.display(description=description, ordering=name)
    def shown(row: Any) -> str:
        value = getattr(row, name)
        return str(words.get(value, value))

    shown.__name__ = f"{name}_in_words"
    return shown


class WordsFilter(admin.SimpleListFilter):
    """A filter of a column of codes that shows their words; `parameter_name` is the column."""

    words: Mapping[str, "StrOrPromise"]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, "StrOrPromise"]]:
        return list(self.words.items())

    def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return rows.filter(**{str(self.parameter_name): value}) if value else rows


def by_of(request: HttpRequest) -> Any:
    """The member of staff who acts, for the journal."""
    return request.user.by  # type: ignore[union-attr]

"""Django's admin as staff uses it: everything can be read, changes go through services."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.db.models import Model, URLField
from django.http import HttpRequest

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

    extra = 0
    can_delete = False
    formfield_overrides = LINKS

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def by_of(request: HttpRequest) -> Any:
    """The member of staff who acts, for the journal."""
    return request.user.by  # type: ignore[union-attr]

"""Columns that are encrypted at rest with Fernet (AES-128-CBC + HMAC), keys can be rotated."""

import json
from functools import cache
from typing import Any, TypeVar

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.signals import setting_changed
from django.db import models


@cache
def _box() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.FIELD_ENCRYPTION_KEYS])


def _forget(*, setting: str, **_kwargs: object) -> None:
    if setting == "FIELD_ENCRYPTION_KEYS":
        _box.cache_clear()


setting_changed.connect(_forget)


def seal(text: str) -> str:
    """A text for a column that is not ours, unreadable in the database."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What `seal` made unreadable. Raises InvalidToken when no key opens it."""
    return _box().decrypt(sealed.encode()).decode()


def rotated(sealed: bytes) -> bytes:
    """The same value under the first key. Raises InvalidToken when no key opens it."""
    return _box().rotate(sealed)


class EncryptedJSONField(models.BinaryField[Any, Any]):
    """Any JSON value, unreadable in the database. `None` stays NULL. Cannot be searched."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", None)
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        return _box().encrypt(json.dumps(value, ensure_ascii=False).encode())

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if not prepared:
            value = self.get_prep_value(value)
        return None if value is None else connection.Database.Binary(value)

    def from_db_value(self, value: Any, *_args: Any) -> Any:
        return None if value is None else json.loads(_box().decrypt(bytes(value)))

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        """Fixtures never carry it."""
        return ""


Row = TypeVar("Row", bound=models.Model)


class SealedManager(models.Manager[Row]):
    """Rows come with their encrypted columns unopened; they are fetched and decrypted when read.

    A list never decrypts what nobody reads, and one row under a lost key breaks no page.
    """

    def get_queryset(self) -> models.QuerySet[Row]:
        columns = self.model._meta.concrete_fields
        sealed = [column.name for column in columns if isinstance(column, EncryptedJSONField)]
        return super().get_queryset().defer(*sealed)

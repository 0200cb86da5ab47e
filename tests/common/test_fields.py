"""Encrypted columns: unreadable, any JSON value, keys can be rotated."""

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core import serializers
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from common.fields import EncryptedJSONField
from journal.models import Operation

JSON = st.recursive(
    st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FIELD = EncryptedJSONField()


@given(JSON)
def test_what_goes_in_comes_out(value: object) -> None:
    kept = FIELD.get_prep_value(value)
    assert FIELD.from_db_value(memoryview(kept)) == value


def test_it_is_unreadable_and_never_the_same() -> None:
    first, second = FIELD.get_prep_value("hunter2"), FIELD.get_prep_value("hunter2")
    assert b"hunter2" not in first
    assert first != second


def test_none_stays_null() -> None:
    assert FIELD.get_prep_value(None) is None
    assert FIELD.from_db_value(None) is None


def test_keys_are_rotated(settings: Settings) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_ENCRYPTION_KEYS = [old]
    kept = FIELD.get_prep_value("hunter2")
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    assert FIELD.from_db_value(kept) == "hunter2"
    assert Fernet(new).decrypt(FIELD.get_prep_value("x"))
    settings.FIELD_ENCRYPTION_KEYS = [new]
    with pytest.raises(InvalidToken):
        FIELD.from_db_value(kept)


@pytest.mark.django_db
def test_a_row_keeps_it_through_save_and_update() -> None:
    row = Operation.objects.create(kind="x", subject="y", secret={"password": "hunter2"})
    assert Operation.objects.get().secret == {"password": "hunter2"}
    Operation.objects.update(secret=["other"])
    row.refresh_from_db()
    assert row.secret == ["other"]
    row.save()
    assert Operation.objects.get().secret == ["other"]
    assert "other" not in serializers.serialize("json", [row])

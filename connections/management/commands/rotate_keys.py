"""`manage.py rotate_keys`: every encrypted column anew, with the first of FIELD_ENCRYPTION_KEYS."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models
from django.db.models.functions import Cast

from accounts.second_factor.rotation import rotate_factors
from common.fields import EncryptedJSONField, rotated


class Command(BaseCommand):
    """Safe to stop and to repeat: each value is replaced alone, and only where nobody changed it.

    Put the new key first in FIELD_ENCRYPTION_KEYS, restart, run this, then take the old key out.
    """

    help = "Encrypts every secret in the database with the first of FIELD_ENCRYPTION_KEYS."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, EncryptedJSONField):
                    done = _rotate(model, field)
                    self.stdout.write(f"{model._meta.label}.{field.name}: {done}")
        self.stdout.write(f"mfa.Authenticator.data: {rotate_factors()}")


def _rotate(model: type[models.Model], field: EncryptedJSONField) -> int:
    """How many values were encrypted anew."""
    raw = models.F(field.name)
    rows = (
        model._default_manager.exclude(**{field.name: None})
        .annotate(sealed=Cast(raw, models.BinaryField()))
        .values_list("pk", "sealed")
    )
    done = 0
    for pk, sealed in rows.iterator():
        fresh = rotated(bytes(sealed))
        same = model._default_manager.annotate(sealed=Cast(raw, models.BinaryField())).filter(
            pk=pk, sealed=bytes(sealed)
        )
        done += same.update(**{field.name: models.Value(fresh, models.BinaryField())})
    return done

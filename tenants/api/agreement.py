"""REST of the Microsoft Customer Agreement."""

from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from rest_framework import serializers


class AttestedIn(serializers.Serializer[Any]):
    """Who accepted the Microsoft Customer Agreement for the customer."""

    first_name = serializers.CharField(max_length=50)
    last_name = serializers.CharField(max_length=50)
    email = serializers.EmailField()
    phone = serializers.CharField(max_length=30, required=False, default="", allow_blank=True)
    agreed_date = serializers.DateField()

    def validate_agreed_date(self, day: Any) -> Any:
        if day > localdate():
            raise serializers.ValidationError(_("The date may not be in the future."))
        return day

"""What goes in and out when subscriptions are changed."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from common.templatetags.values import money
from subscriptions import reasons, rules, wishes
from subscriptions.models import EndChoice, Subscription
from subscriptions.rules import Change, Preview

NEEDED: Final = {
    "set_seats": ("quantity",),
    "cancel": (),
    "suspend": (),
    "reactivate": (),
    "rename": ("name",),
    "choose_end": ("choice",),
    "schedule_at_renewal": (),
    "clear_schedule": (),
    "change_plan": ("term", "billing_cycle"),
    "upgrade": ("product", "quantity"),
}
"""The members that each kind of change cannot do without."""
KINDS: Final = [(kind, kind) for kind in NEEDED]


class ChangeIn(serializers.Serializer[Any]):
    """A wish; which members count depends on `kind`."""

    kind = serializers.ChoiceField(choices=KINDS)
    quantity = serializers.IntegerField(
        required=False, min_value=1, max_value=100_000, help_text="The new total of licences."
    )
    name = serializers.CharField(required=False, max_length=120)
    choice = serializers.ChoiceField(required=False, choices=EndChoice.choices)
    product = serializers.CharField(
        required=False, max_length=61, help_text="`product:sku` of another licence."
    )
    term = serializers.CharField(required=False, max_length=5, help_text="P1M, P1Y, P3Y.")
    billing_cycle = serializers.CharField(required=False, max_length=10)
    expected_amount = serializers.DecimalField(
        required=False,
        max_digits=14,
        decimal_places=2,
        help_text="`amount_now` of the preview you agreed to; when it differs, nothing is done.",
    )
    keep_schedule = serializers.BooleanField(
        default=False, help_text="Write the change scheduled for the renewal again afterwards."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        missing = [name for name in NEEDED[attrs["kind"]] if name not in attrs]
        if missing:
            raise serializers.ValidationError({name: _("Needed here.") for name in missing})
        return attrs

    def wish(self, subscription: Subscription) -> Change:
        """The change that a valid body stands for, with today's prices."""
        asked = self.validated_data
        named = ("quantity", "product", "term", "billing_cycle")
        plan = {name: asked[name] for name in named if name in asked}
        match asked["kind"]:
            case "change_plan":
                term, billing_cycle = asked["term"], asked["billing_cycle"]
                return wishes.plan_change(subscription, term=term, billing_cycle=billing_cycle)
            case "schedule_at_renewal":
                return wishes.at_renewal(subscription, **plan)
            case "upgrade":
                return wishes.upgrade(subscription, **plan)
        members = {name: asked[name] for name in NEEDED[asked["kind"]]}
        return rules.from_json({"kind": asked["kind"], **members})


class ChargeOut(serializers.Serializer[Any]):
    kind = serializers.CharField(help_text="Microsoft's charge type.")
    quantity = serializers.IntegerField()
    unit_price = serializers.DecimalField(max_digits=12, decimal_places=4)
    amount = serializers.DecimalField(max_digits=14, decimal_places=2)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(help_text="Inclusive, UTC.")


class NoteOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    params = serializers.DictField()
    text = serializers.CharField(help_text="In the language of the request.")


class ScheduledOut(serializers.Serializer[Any]):
    quantity = serializers.IntegerField(allow_null=True)
    product = serializers.CharField(help_text="`product:sku`; empty: as now.", allow_blank=True)
    term = serializers.CharField(allow_blank=True)
    billing_cycle = serializers.CharField(allow_blank=True)
    unit_price = serializers.DecimalField(max_digits=12, decimal_places=4, allow_null=True)
    ends_on = serializers.DateField(allow_null=True)


class PreviewOut(serializers.Serializer[Any]):
    """What a change would do; the same object as in the form and in the audit."""

    change = serializers.DictField()
    currency = serializers.CharField()
    at = serializers.DateTimeField()
    amount_now = serializers.DecimalField(
        max_digits=14, decimal_places=2, help_text="Negative: credited."
    )
    amount_now_text = serializers.CharField()
    charges = ChargeOut(many=True)
    period_before = serializers.DecimalField(max_digits=14, decimal_places=2)
    period_after = serializers.DecimalField(max_digits=14, decimal_places=2)
    period_was = serializers.CharField()
    period = serializers.CharField()
    charged_on = serializers.DateField(allow_null=True)
    refundable_until = serializers.DateTimeField(allow_null=True)
    impossible_until = serializers.DateField(allow_null=True)
    deletes_schedule = ScheduledOut(allow_null=True)
    ends_on = serializers.DateField()
    changes_nothing = serializers.BooleanField()
    notes = NoteOut(many=True)


def told(preview: Preview) -> dict[str, Any]:
    """A preview as the API answers it: as it is kept, and its notes in words."""
    kept = preview.to_dict()
    for note, plain in zip(preview.notes, kept["notes"], strict=True):
        plain["text"] = reasons.told(note)
    return {**kept, "amount_now_text": money(preview.amount_now, preview.currency)}

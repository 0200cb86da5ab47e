"""What goes in and out."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.operations.api import OperationOut
from dnsconfig import shown
from dnsconfig.desired import SERVICES
from dnsconfig.models import DnsPlan, Domain
from journal.models import Operation


class ZoneOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    provider = serializers.CharField()
    connection = serializers.CharField(help_text="The name that its owner gave the keys.")


class PlanIn(serializers.Serializer[Any]):
    domain = serializers.CharField(max_length=300, help_text="In, or equal to, one of the zones.")
    services = serializers.ListField(
        child=serializers.ChoiceField(choices=SERVICES), allow_empty=False
    )
    dry_run = serializers.BooleanField(
        default=False, help_text="Only looks; the domain is not added and nothing can be launched."
    )
    dkim = serializers.ListField(
        child=serializers.CharField(max_length=253, allow_blank=True),
        min_length=2,
        max_length=2,
        required=False,
        help_text="Targets of selector1 and selector2, from Exchange Online.",
    )
    dmarc_report_to = serializers.CharField(
        max_length=254, default="", allow_blank=True, help_text="Begins DMARC at p=none."
    )


class DecisionsIn(serializers.Serializer[Any]):
    decisions = serializers.DictField(
        child=serializers.CharField(), help_text="Key of a change → one of its options."
    )


class OptionOut(serializers.Serializer[Any]):
    way = serializers.CharField()
    text = serializers.CharField()
    removes = serializers.ListField(child=serializers.CharField())
    adds = serializers.ListField(child=serializers.CharField())
    is_chosen = serializers.BooleanField()
    is_suggested = serializers.BooleanField()


class DomainOut(serializers.ModelSerializer[Domain]):
    class Meta:
        model = Domain
        fields = ["name", "zone", "services", "verified_at", "configured_at", "created_at"]


class ChangeOut(serializers.Serializer[Any]):
    key = serializers.CharField(help_text="What a decision names.")
    action = serializers.ChoiceField(choices=["add", "change", "keep", "conflict"])
    name = serializers.CharField()
    type = serializers.CharField()
    value = serializers.CharField()
    found = serializers.ListField(child=serializers.CharField())
    removes = serializers.ListField(child=serializers.CharField())
    adds = serializers.ListField(child=serializers.CharField())
    text = serializers.CharField()
    need = serializers.ChoiceField(choices=["required", "optional", "obsolete"])
    why = serializers.CharField()
    details = serializers.ListField(child=serializers.CharField())
    options = OptionOut(many=True, source="choices")


class WrittenOut(serializers.Serializer[Any]):
    record = serializers.CharField()
    outcome = serializers.ChoiceField(choices=["written", "already", "not_taken"])
    is_removal = serializers.BooleanField()


class PlanRow(serializers.ModelSerializer[DnsPlan]):
    domain = serializers.CharField(source="domain.name")
    kind = serializers.CharField(help_text="configure, undo or withdraw.")
    state = serializers.CharField(help_text="One of the states of a single run.")

    class Meta:
        model = DnsPlan
        fields = ["id", "kind", "domain", "services", "state", "created_at", "finished_at"]


class PlanOut(serializers.ModelSerializer[DnsPlan]):
    """A run with its diff, the servers' answers and its steps."""

    domain = serializers.CharField(source="domain.name")
    zone = serializers.CharField(source="domain.zone")
    kind = serializers.CharField(help_text="configure, undo or withdraw.")
    changes = serializers.SerializerMethodField()
    warnings = serializers.SerializerMethodField()
    problem = serializers.SerializerMethodField()
    written = serializers.SerializerMethodField()
    operations = serializers.SerializerMethodField()

    class Meta:
        model = DnsPlan
        fields = [
            "id", "kind", "domain", "zone", "services", "state", "is_dry", "is_likely", "is_stale",
            "fingerprint", "changes", "warnings", "problem", "written", "published", "undoes",
            "can_be_undone", "operations", "by_label", "created_at", "launched_at", "finished_at",
        ]  # fmt: skip

    @extend_schema_field(ChangeOut(many=True))
    def get_changes(self, plan: DnsPlan) -> list[dict[str, Any]]:
        return list(ChangeOut(shown.rows_of(plan), many=True).data)

    def get_warnings(self, plan: DnsPlan) -> list[str]:
        return shown.cautions_of(plan)

    def get_problem(self, plan: DnsPlan) -> str:
        return shown.problem_of(plan)

    @extend_schema_field(WrittenOut(many=True))
    def get_written(self, plan: DnsPlan) -> list[dict[str, Any]]:
        return list(WrittenOut(shown.written_of(plan), many=True).data)

    @extend_schema_field(OperationOut(many=True))
    def get_operations(self, plan: DnsPlan) -> list[dict[str, Any]]:
        steps = Operation.objects.filter(journey=plan.journey).order_by("pk")
        return list(OperationOut(steps, many=True).data)

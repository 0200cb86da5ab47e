"""REST of own zones: the same calls as the pages."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import actor_of
from accounts.models import Role
from dnsconfig.embedded import services, wishes, writing
from dnsconfig.embedded.access import own_record_for, own_zone_for, own_zones_of
from dnsconfig.embedded.models import OwnRecord, OwnZone
from dnsconfig.embedded.rules import LONGEST_TTL
from dnsconfig.embedded.zonefile import written
from dnsconfig.records import TTL


class OwnZoneOut(serializers.ModelSerializer[OwnZone]):
    """The secret of its key is never told."""

    name_servers = serializers.ListField(child=serializers.CharField())
    secondaries = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = OwnZone
        fields = ["name", "serial", "name_servers", "secondaries", "tsig_name", "created_at"]


class SettingsIn(serializers.Serializer[Any]):
    name_servers = serializers.ListField(child=serializers.CharField(max_length=300))
    secondaries = serializers.ListField(
        child=serializers.CharField(max_length=60),
        default=list,
        help_text="Addresses, with a port if it is not 53.",
    )
    tsig_name = serializers.CharField(max_length=253, default="", allow_blank=True)
    tsig_secret = serializers.CharField(
        max_length=500, default="", allow_blank=True, help_text="Base64, for hmac-sha256."
    )


class OwnZoneIn(SettingsIn):
    name = serializers.CharField(max_length=300)
    zone_file = serializers.CharField(
        max_length=1_000_000, default="", allow_blank=True, trim_whitespace=False
    )


class CreatedOut(OwnZoneOut):
    left_out = serializers.JSONField(
        read_only=True, help_text="Records of the zone file: of other zones, and of DNSSEC."
    )

    class Meta(OwnZoneOut.Meta):
        fields = [*OwnZoneOut.Meta.fields, "left_out"]


class RecordOut(serializers.ModelSerializer[OwnRecord]):
    class Meta:
        model = OwnRecord
        fields = ["id", "name", "type", "value", "ttl"]


class RecordIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=253, allow_blank=True, default="")
    type = serializers.CharField(max_length=20)
    value = serializers.CharField(max_length=20_000, help_text="A TXT needs no quotes.")
    ttl = serializers.IntegerField(min_value=0, max_value=LONGEST_TTL, default=TTL)


class TextZone(BaseRenderer):
    """A zone file as it is."""

    media_type = "text/dns"
    format = "zone"
    charset = "utf-8"

    def render(self, data: Any, *_args: Any, **_options: Any) -> bytes:
        return str(data).encode()


class OwnZones(ListAPIView[OwnZone]):
    """The account's own zones; POST creates one."""

    serializer_class = OwnZoneOut
    queryset = OwnZone.objects.none()

    def get_queryset(self) -> Any:
        return own_zones_of(actor_of(self.request))

    @extend_schema(request=OwnZoneIn, responses={201: CreatedOut})
    def post(self, request: Request) -> Response:
        actor = actor_of(request)
        actor.need(Role.OWNER)
        given = OwnZoneIn(data=request.data)
        given.is_valid(raise_exception=True)
        wish = wishes.read(_as_typed(given.validated_data))
        made = services.create_zone(account=actor.account, wish=wish, by=actor.by)
        left_out = {"outside": made.outside, "signatures": made.signatures}
        body = {**OwnZoneOut(made.zone).data, "left_out": left_out}
        location = f"/api/v1/own-zones/{made.zone.name}"
        return Response(body, status=201, headers={"Location": location})


class OneOwnZone(APIView):
    """One zone: its servers can be replaced, and it can be deleted while no domain uses it."""

    @extend_schema(responses=OwnZoneOut)
    def get(self, request: Request, name: str) -> Response:
        return Response(OwnZoneOut(own_zone_for(actor_of(request), name)).data)

    @extend_schema(request=SettingsIn, responses=OwnZoneOut)
    def put(self, request: Request, name: str) -> Response:
        actor = actor_of(request)
        zone = own_zone_for(actor, name, need=Role.OWNER)
        given = SettingsIn(data=request.data)
        given.is_valid(raise_exception=True)
        typed = {"name": name, **_as_typed(given.validated_data)}
        wish = wishes.read(typed, keeps=zone.tsig_name)
        return Response(OwnZoneOut(services.change_zone(zone=zone, wish=wish, by=actor.by)).data)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, name: str) -> Response:
        actor = actor_of(request)
        zone = own_zone_for(actor, name, need=Role.OWNER)
        services.delete_zone(zone=zone, by=actor.by)
        return Response(status=204)


class ZoneFile(APIView):
    """The zone as a file (RFC 1035)."""

    renderer_classes = [TextZone, JSONRenderer]

    @extend_schema(
        responses={(200, "text/dns"): OpenApiResponse(OpenApiTypes.STR, "The zone file.")}
    )
    def get(self, request: Request, name: str) -> Response:
        zone = own_zone_for(actor_of(request), name)
        return Response(written(zone.name, writing.snapshot(zone).records), content_type="text/dns")


class Records(ListAPIView[OwnRecord]):
    """Records of a zone, without its SOA and NS; POST adds one."""

    serializer_class = RecordOut
    queryset = OwnRecord.objects.none()

    def get_queryset(self) -> Any:
        return own_zone_for(actor_of(self.request), self.kwargs["name"]).records.all()

    @extend_schema(request=RecordIn, responses={201: RecordOut})
    def post(self, request: Request, name: str) -> Response:
        actor = actor_of(request)
        zone = own_zone_for(actor, name, need=Role.OPERATOR)
        given = RecordIn(data=request.data)
        given.is_valid(raise_exception=True)
        typed = given.validated_data
        record = wishes.record(
            zone=zone.name,
            name=typed["name"],
            kind=typed["type"],
            value=typed["value"],
            ttl=typed["ttl"],
        )
        services.add_record(zone=zone, record=record, by=actor.by)
        kept = zone.records.get(name=record.name, type=record.type, value=record.value)
        return Response(RecordOut(kept).data, status=201)


class OneRecord(APIView):
    """One record."""

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, name: str, pk: int) -> Response:
        actor = actor_of(request)
        row = own_record_for(actor, name, pk, need=Role.OPERATOR)
        services.remove_record(row=row, by=actor.by)
        return Response(status=204)


def _as_typed(given: dict[str, Any]) -> dict[str, str]:
    """As the form gives it: lists are lines, and the zone file is the text area."""
    typed = {
        key: "\n".join(value) if isinstance(value, list) else str(value)
        for key, value in given.items()
    }
    return {**typed, "zone_text": typed.get("zone_file", "")}

"""REST of orders: the same one call as the form."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import Actor, actor_of
from accounts.models import Role
from accounts.operations.api import OperationOut
from common.refusals import Impossible
from common.segments import Segment
from orders import intake, services
from orders.access import order_for, orders_of
from orders.models import Order, OrderLine
from orders.state import state_of
from orders.wishes import AgreementWish, Contact, LineWish, MoreWish, PlatformWish
from tenants.access import tenant_for


class LineIn(serializers.Serializer[Any]):
    licence = serializers.IntegerField(help_text="Id from the catalogue.")
    term = serializers.CharField(help_text="ISO 8601: P1M, P1Y, P3Y.")
    billing_cycle = serializers.CharField(help_text="Monthly, Annual, Triennial.")
    quantity = serializers.IntegerField(min_value=1, max_value=1_000_000)
    unit_price = serializers.DecimalField(
        max_digits=12,
        decimal_places=4,
        help_text="The price you have seen; another one is refused.",
    )
    ends_on = serializers.DateField(
        required=False,
        default=None,
        allow_null=True,
        help_text="Last day (UTC) of a shorter first term, for a platform that exists.",
    )


class ContactIn(serializers.Serializer[Any]):
    company = serializers.CharField(max_length=100, min_length=2)
    first_name = serializers.CharField(max_length=50)
    last_name = serializers.CharField(max_length=50)
    email = serializers.EmailField()
    phone = serializers.CharField(max_length=30)
    address = serializers.CharField(max_length=200)
    address2 = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    city = serializers.CharField(max_length=100)
    region = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    postal_code = serializers.CharField(max_length=20)
    country = serializers.RegexField(r"^[A-Z]{2}$")
    language = serializers.ChoiceField(choices=settings.LANGUAGES, default="en")
    registration_number = serializers.CharField(
        max_length=40, required=False, default="", allow_blank=True
    )


class AgreementIn(serializers.Serializer[Any]):
    first_name = serializers.CharField(max_length=50)
    last_name = serializers.CharField(max_length=50)
    email = serializers.EmailField()
    phone = serializers.CharField(max_length=30, required=False, default="", allow_blank=True)
    agreed_date = serializers.DateField()

    def validate_agreed_date(self, day: Any) -> Any:
        if day > localdate():
            raise serializers.ValidationError(_("The date may not be in the future."))
        return day


class PlatformIn(serializers.Serializer[Any]):
    """A new platform with its first licences. `key` makes a repeated call the same order."""

    key = serializers.UUIDField()
    mpn_id = serializers.CharField(max_length=20)
    subdomain = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        help_text="Before .onmicrosoft.com; empty: a free one made from the company's name.",
    )
    contact = ContactIn()
    agreement = AgreementIn()
    lines = LineIn(many=True, allow_empty=False)


class TermsIn(serializers.Serializer[Any]):
    segment = serializers.CharField(help_text="education, nonprofit, ...")
    version = serializers.CharField(help_text="The version you have read.")


class MoreIn(serializers.Serializer[Any]):
    """`accepted_terms`: needed once per version for licences of a segment that has terms."""

    key = serializers.UUIDField()
    lines = LineIn(many=True, allow_empty=False)
    accepted_terms = TermsIn(many=True, required=False, default=list)


class LineOut(serializers.ModelSerializer[OrderLine]):
    licence = serializers.CharField(source="licence.name")

    class Meta:
        model = OrderLine
        fields = [
            "licence", "subscription", "quantity", "term", "billing_cycle", "unit_price",
            "ends_on",
        ]  # fmt: skip


class OrderOut(serializers.ModelSerializer[Order]):
    tenant = serializers.CharField(source="tenant.service_name")
    state = serializers.SerializerMethodField()
    lines = LineOut(many=True)
    steps = serializers.SerializerMethodField()

    class Meta:
        model = Order
        fields = [
            "id", "kind", "state", "tenant", "mpn_id", "currency", "total", "placed_by",
            "placed_at", "microsoft_id", "approval", "decided_by", "decided_at",
            "decision_reason", "lines", "steps",
        ]  # fmt: skip

    def get_state(self, order: Order) -> str:
        return state_of(order.steps()).value

    def get_steps(self, order: Order) -> list[dict[str, Any]]:
        return list(OperationOut(order.steps(), many=True).data)


class OrderRow(serializers.ModelSerializer[Order]):
    tenant = serializers.CharField(source="tenant.service_name")

    class Meta:
        model = Order
        fields = ["id", "kind", "tenant", "mpn_id", "currency", "total", "placed_by", "placed_at"]


class Orders(ListAPIView[Order]):
    """Orders of the account; POST places one for a new platform."""

    serializer_class = OrderRow
    queryset = Order.objects.none()

    def get_queryset(self) -> Any:
        return orders_of(actor_of(self.request))

    @extend_schema(request=PlatformIn, responses={202: OrderOut})
    def post(self, request: Request) -> Response:
        actor = actor_of(request)
        actor.need(Role.MANAGER)
        actor.need_all()
        data = _valid(PlatformIn(data=request.data))
        with _by_path(data["lines"]):
            wish = _platform(actor, data)
            return _accepted(intake.take_platform(actor=actor, wish=wish))


class OneOrder(APIView):
    """One order with the state of each step."""

    @extend_schema(responses=OrderOut)
    def get(self, request: Request, pk: int) -> Response:
        return Response(OrderOut(order_for(actor_of(request), pk)).data)


class MoreOrders(APIView):
    """More licences for a platform that exists."""

    @extend_schema(request=MoreIn, responses={202: OrderOut})
    def post(self, request: Request, service_name: str) -> Response:
        actor = actor_of(request)
        tenant = tenant_for(actor, service_name, need=Role.MANAGER)
        data = _valid(MoreIn(data=request.data))
        wish = MoreWish(
            form_key=data["key"],
            lines=_lines(data["lines"]),
            accepted_terms=tuple((t["segment"], t["version"]) for t in data["accepted_terms"]),
            language=get_language() or "en",
        )
        with _by_path(data["lines"]):
            return _accepted(intake.take_more(actor=actor, tenant=tenant, wish=wish))


class CorrectIn(serializers.Serializer[Any]):
    subdomain = serializers.CharField(max_length=60)
    contact = ContactIn()


class CorrectOrder(APIView):
    """Microsoft refused the customer's data: other ones, and the order goes on."""

    @extend_schema(request=CorrectIn, responses={202: OrderOut})
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        order = order_for(actor, pk, need=Role.MANAGER)
        data = _valid(CorrectIn(data=request.data))
        contact = Contact(**data["contact"])
        prefix = data["subdomain"].strip().lower().removesuffix(".onmicrosoft.com")
        if not intake.correct_customer(actor=actor, order=order, prefix=prefix, contact=contact):
            raise Impossible(_("Nothing of this order waits for other data."))
        order.refresh_from_db()
        return _accepted(order)


class AcceptPrices(APIView):
    """Accept the prices that Microsoft asks now; the order goes on."""

    @extend_schema(request=None, responses={202: OrderOut})
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        order = order_for(actor, pk, need=Role.MANAGER)
        if not services.accept_prices(order=order, actor=actor):
            raise Impossible(_("No changed price waits for an answer."))
        order.refresh_from_db()
        return _accepted(order)


class DecisionIn(serializers.Serializer[Any]):
    reason = serializers.CharField(
        max_length=500, required=False, default="", allow_blank=True,
        help_text="The person who ordered reads it; needed for a refusal.",
    )  # fmt: skip


class Approve(APIView):
    """An owner approves an order that waits for it; the order goes on."""

    @extend_schema(request=DecisionIn, responses={202: OrderOut})
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        order = order_for(actor, pk, need=Role.OWNER)
        reason = _valid(DecisionIn(data=request.data))["reason"]
        services.approve(order=order, actor=actor, reason=reason)
        return _accepted(order)


class Refuse(APIView):
    """An owner does not approve an order that waits for it; nothing is bought."""

    @extend_schema(request=DecisionIn, responses={202: OrderOut})
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        order = order_for(actor, pk, need=Role.OWNER)
        reason = _valid(DecisionIn(data=request.data))["reason"]
        services.refuse(order=order, actor=actor, reason=reason)
        return _accepted(order)


PATHS = {
    "partner_id": "mpn_id",
    **{field: f"contact.{field}" for field in ("email", "address", "country")},
    **{f"terms_{segment}": "accepted_terms" for segment in Segment.values},
}
"""What the form calls otherwise."""


@contextmanager
def _by_path(lines: list[dict[str, Any]]) -> Iterator[None]:
    """Refusals beside the members of the body: `lines.0.quantity` for the first line."""
    rows = {f"quantity_{row['licence']}": n for n, row in reversed(list(enumerate(lines)))}
    try:
        yield
    except Impossible as error:
        error.errors = {
            f"lines.{rows[field]}.quantity" if field in rows else PATHS.get(field, field): texts
            for field, texts in error.errors.items()
        }
        raise


def _valid(serializer: serializers.Serializer[Any]) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    data: dict[str, Any] = serializer.validated_data
    return data


def _accepted(order: Order) -> Response:
    location = f"/api/v1/orders/{order.pk}"
    return Response(OrderOut(order).data, status=202, headers={"Location": location})


def _platform(actor: Actor, data: dict[str, Any]) -> PlatformWish:
    contact = Contact(**data["contact"])
    template = intake.agreement(actor)
    prefix = data["subdomain"].strip().lower().removesuffix(".onmicrosoft.com")
    return PlatformWish(
        form_key=data["key"],
        partner_id=intake.partner_by_digits(actor=actor, mpn_id=data["mpn_id"]),
        prefix=prefix or intake.suggest_prefix(actor=actor, contact=contact),
        contact=contact,
        agreement=AgreementWish(
            template_id=template.template_id,
            version=str(template.version_rank),
            link=template.link,
            **data["agreement"],
        ),
        lines=_lines(data["lines"]),
    )


def _lines(rows: list[dict[str, Any]]) -> tuple[LineWish, ...]:
    return tuple(
        LineWish(
            licence_id=row["licence"],
            term=row["term"],
            billing_cycle=row["billing_cycle"],
            quantity=row["quantity"],
            seen_price=Decimal(row["unit_price"]),
            ends_on=row["ends_on"],
        )
        for row in rows
    )

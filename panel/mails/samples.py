"""Sample data for every mail: rows that are never saved."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from django.conf import settings

from accounts.models import (
    Account,
    Invitation,
    Membership,
    PartnerId,
    PartnerState,
    Role,
    Topic,
    User,
    Way,
)
from accounts.services import choices_url
from connections.models import Connection
from dnsconfig.health.results import Health, Result
from dnsconfig.health.shown import Row
from dnsconfig.models import Domain
from inbox.models import Notification
from journal.models import Event, Operation
from orders.models import Approval, Order
from panel.lists.lists import LISTS
from panel.reports.catalogue import REPORTS
from subscriptions.models import Subscription
from subscriptions.rules import Preview, SetSeats
from subscriptions.waiting.asked import WaitingChange
from tenants.models import (
    Delegation,
    DelegationState,
    Gdap,
    Qualification,
    QualificationState,
    Tenant,
)

_AT: Final = datetime(2026, 7, 15, 9, 30, tzinfo=UTC)
Sample = Callable[[], dict[str, Any]]


def _account() -> Account:
    return Account(pk=1, name="Northwind", nic_handle="nw12345-ovh")


def _partner() -> PartnerId:
    return PartnerId(
        pk=1,
        account=_account(),
        mpn_id="4847383",
        name="Northwind SAS",
        state=PartnerState.REFUSED,
        code="600041",
        text="The partner has not signed the agreement.",
        grace_until=_AT,
    )


def _tenant() -> Tenant:
    tenant = Tenant(
        pk=1,
        account=_account(),
        partner_id=_partner(),
        service_name="contosobakery.onmicrosoft.com",
        display_name="Contoso Bakery",
        company="Contoso Bakery",
        first_name="Claire",
        last_name="Dubois",
        email="office@contoso-bakery.example",
    )
    tenant.gdap = _gdap(tenant)
    return tenant


def _gdap(tenant: Tenant) -> Gdap:
    link = "https://admin.microsoft.com/AdminPortal/Home#/partners/invitation/granularAdmin"
    return Gdap(tenant=tenant, ends_at=_AT, link=link)


def _delegation() -> Delegation:
    return Delegation(
        pk=1,
        account=_account(),
        tenant_name="contosobakery.onmicrosoft.com",
        state=DelegationState.TO_VALIDATE,
        first_name="Claire",
        last_name="Dubois",
        link="https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship",
    )


def _health() -> dict[str, Any]:
    bad = Result("spf", Health.FAILED, "absent", {})
    domain = Domain(pk=1, tenant=_tenant(), name="contoso-bakery.example")
    return {"domain": domain, "tenant": _tenant(), "rows": [Row(bad)], "address": _address()}


def _address() -> str:
    return f"{settings.PORTAL_URL}/services/contosobakery.onmicrosoft.com/"


def _password() -> dict[str, Any]:
    return {
        "tenant": _tenant(),
        "login": "admin@contosobakery.onmicrosoft.com",
        "password": "Kj7#sample",
        "subscriptions": [Subscription(name="Microsoft 365 Business Basic", quantity=3)],
        "microsoft_admin": "https://admin.microsoft.com",
    }


def _notification(number: int, kind: str, topic: Topic, subject: str, **data: Any) -> Notification:
    event = Event(pk=number, kind=kind, subject=subject, data=data, by_label="portal")
    member = Membership(account=_account(), user=_person(), role=Role.MANAGER)
    return Notification(
        pk=number,
        membership=member,
        event=event,
        tenant=_tenant(),
        topic=topic,
        way=Way.MAIL,
        made_at=_AT,
        shown_at=_AT,
    )


def _person() -> User:
    return User(pk=1, email="claire@northwind.example")


def _digest() -> dict[str, Any]:
    rows = [
        _notification(1, "order.completed", Topic.ORDERS, "order:7"),
        _notification(2, "subscription.renewed", Topic.SUBSCRIPTIONS, "subscription:9"),
    ]
    groups = [(row.get_topic_display(), [row]) for row in rows]
    return {"groups": groups, "number": 2, "way": "daily", "day": date(2026, 7, 15)}


def _qualification() -> dict[str, Any]:
    row = Qualification(
        tenant=_tenant(), segment="education", state=QualificationState.APPROVED, asked_by="owner"
    )
    return {"qualification": row, "tenant": _tenant()}


def _order() -> dict[str, Any]:
    order = Order(
        pk=7,
        account=_account(),
        tenant=_tenant(),
        currency="EUR",
        total=Decimal("1240.80"),
        placed_by="manager@northwind.example",
        approval=Approval.REFUSED,
        decided_by="owner@northwind.example",
        decision_reason="Too many licences.",
    )
    return {"order": order, "tenant": _tenant(), "link": f"{settings.PORTAL_URL}/orders/7/"}


def _change() -> dict[str, Any]:
    preview = Preview(
        change=SetSeats(quantity=9),
        currency="EUR",
        at=_AT,
        charges=(),
        period_before=Decimal("42.00"),
        period_after=Decimal("75.60"),
        period_was="monthly",
        period="monthly",
        ends_on=date(2027, 7, 14),
    )
    asked = {
        "subscription": 9,
        "name": "Microsoft 365 Business Basic",
        "quantity": 5,
        "change": preview.change.to_json(),
        "preview": preview.to_dict(),
    }
    step = Operation(pk=12, by_label="manager@northwind.example", params=asked)
    return {
        "waiting": WaitingChange(step),
        "tenant": _tenant(),
        "link": f"{settings.PORTAL_URL}/approvals/12/",
        "outcome": "refused",
        "decided_by": "owner@northwind.example",
        "reason": "Too many licences.",
    }


SAMPLES: Final[dict[str, Sample]] = {
    "notices/change_approval": _change,
    "notices/change_decided": _change,
    "notices/delegation": lambda: {"delegation": _delegation(), "address": _address()},
    "notices/digest": _digest,
    "notices/domain_health": _health,
    "notices/event": lambda: {
        "row": _notification(
            1, "subscription.window_closing", Topic.WINDOWS, "subscription:9", name="Basic"
        )
    },
    "notices/export_ready": lambda: {
        "title": LISTS["services"].title, "rows": 7200, "link": f"{settings.PORTAL_URL}/exports/1/",
    },
    "notices/factor_removed": lambda: {"person": _person()},
    "notices/invitation": lambda: {
        "invitation": Invitation(account=_account(), email=_person().email, role=Role.OPERATOR),
        "link": f"{settings.PORTAL_URL}/account/invitation/sample/",
        "by": "owner@northwind.example",
    },
    "notices/microsoft_sign_in": lambda: {
        "connection": Connection(alias="eu", refused_at=_AT, refused_code="invalid_grant"),
        "days": 0,
        "instruction": "",
    },
    "notices/order_approval": _order,
    "notices/order_decided": _order,
    "notices/partner_invalid": lambda: {"partner": _partner(), "days": 14},
    "notices/qualification": _qualification,
    "notices/report": lambda: {
        "report": REPORTS["licences"],
        "link": f"{settings.PORTAL_URL}/reports/files/sample/",
        "stop": f"{settings.PORTAL_URL}/reports/schedules/1/",
    },
    "notices/rights": lambda: {
        "tenant": _tenant(), "gdap": _gdap(_tenant()), "address": _address(),
    },
    "notices/services_reopened": lambda: {"partner": _partner(), "tenants": [_tenant()]},
    "notices/services_suspended": lambda: {
        "partner": _partner(), "tenants": [_tenant()], "at_microsoft": True,
    },
    "notices/setup_test": lambda: {"person": _person()},
    "tenants/mail/consent": lambda: {"delegation": _delegation()},
    "tenants/mail/password": _password,
    "tenants/mail/welcome": _password,
    "account/email/account_already_exists": lambda: {
        "password_reset_url": f"{settings.PORTAL_URL}/sign-in/password/reset/"
    },
    "account/email/email_confirmation": lambda: {
        "activate_url": f"{settings.PORTAL_URL}/sign-in/confirm-email/sample/"
    },
    "account/email/password_reset_key": lambda: {
        "password_reset_url": f"{settings.PORTAL_URL}/sign-in/password/reset/key/sample/"
    },
    "account/email/unknown_account": lambda: {
        "signup_url": f"{settings.PORTAL_URL}/sign-in/signup/"
    },
}  # fmt: skip

CHOSEN: Final = {
    "change_approval", "delegation", "digest", "domain_health", "event", "order_approval",
    "partner_invalid",
    "qualification", "rights", "services_reopened", "services_suspended",
}  # fmt: skip
"""Mails that obey the choices of a member, and say where they are made."""


def context_of(name: str) -> dict[str, Any]:
    """What the mail is rendered with. Raises KeyError for a mail that has no sample."""
    site = {"domain": settings.PORTAL_URL.partition("://")[2], "name": "Reseller Portal"}
    chosen = name.startswith("notices/") and name.partition("/")[2] in CHOSEN
    return {
        "account": _account(),
        "portal_url": settings.PORTAL_URL,
        "site_name": site["name"],
        "choices_url": choices_url() if chosen else "",
        "current_site": site,
        **SAMPLES[name](),
    }

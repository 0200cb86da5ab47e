"""The customer's contact: what is kept, handing it out, taking it out, and for how long."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Model, Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.models import Erasure
from common.refusals import Impossible
from journal.models import OPEN, Operation
from journal.people import PORTAL, By
from journal.scrubbing import Rows, scrub
from tenants.models import Agreement, Delegation, Tenant
from tenants.models.delegation import OPEN_DELEGATIONS
from tenants.services import record

CONTACT = ("first_name", "last_name", "email", "phone", "address", "address2", "postal_code")
PERSON = ("first_name", "last_name", "email", "phone")
ENDED = ("deleted", "expired")
"""States of subscriptions after which nothing more is owed."""
AT_ONCE = 200


def export(*, tenant: Tenant) -> dict[str, Any]:
    """All that is kept of the customer's contact, as JSON; no secret is in it."""
    agreement, delegation = _agreement(tenant), _delegation(tenant)
    rows = _rows(tenant)
    return {
        "service": tenant.service_name,
        "exported_at": now().isoformat(),
        "contact": {"company": tenant.company, **_values(tenant, CONTACT)},
        "city": tenant.city,
        "country": tenant.country,
        "language": tenant.language,
        "agreement": agreement
        and {**_values(agreement, PERSON), "agreed_on": agreement.agreed_date.isoformat()},
        "delegation": delegation and _values(delegation, PERSON),
        "logins": list(tenant.credentials.values_list("login", flat=True).distinct()),
        "operations": [
            {
                "id": row.pk,
                "kind": row.kind,
                "state": row.state,
                "at": row.created_at.isoformat(),
                "params": row.params,
            }
            for row in rows.operations.order_by("pk")
        ],
        "events": [
            {"id": row.pk, "kind": row.kind, "at": row.at.isoformat(), "data": row.data}
            for row in rows.events.order_by("pk")
        ],
    }


def export_wish(*, delegation: Delegation) -> dict[str, Any]:
    """The same of a delegation that came to nothing."""
    return {"tenant": delegation.tenant_name, **_values(delegation, PERSON)}


@transaction.atomic
def erase(*, tenant: Tenant, by: By, because: str = Erasure.Because.ASKED) -> Erasure:
    """Put a pseudonym in the place of the contact, here and in the whole history.

    The service goes on; mail to the contact no longer does. What Microsoft keeps is not touched.
    Raises Impossible while something that needs the data is under way, or when it was done before.
    """
    tenant = Tenant.objects.select_for_update().get(pk=tenant.pk)
    if tenant.contact_erased_at is not None:
        raise Impossible(_("The contact of this service has been erased already."))
    if Operation.objects.filter(listed_under__in=_places(tenant), state__in=OPEN).exists():
        raise Impossible(_("Something is still under way for this service. Try again after it."))
    erasure = Erasure.objects.create(
        account_id=tenant.account_id, subject=tenant.key, because=because, by_label=by.label
    )
    rows, values = _rows(tenant), _all_values(tenant)
    erasure.rows = scrub(rows=rows, values=values, pseudonym=erasure.pseudonym)
    erasure.save(update_fields=["rows"])
    Agreement.objects.filter(tenant=tenant).update(**_blank(erasure, PERSON))
    Delegation.objects.filter(tenant=tenant).update(**_blank(erasure, PERSON))
    fresh = _blank(erasure, CONTACT)
    Tenant.objects.filter(pk=tenant.pk).update(**fresh, contact_erased_at=now(), updated_at=now())
    tenant.refresh_from_db()
    record(tenant, "tenant.contact_erased", by, pseudonym=erasure.pseudonym, because=because)
    return erasure


@transaction.atomic
def erase_wish(*, delegation: Delegation, by: By, because: str = Erasure.Because.ASKED) -> Erasure:
    """The same for a delegation that came to nothing. Raises Impossible while it is open."""
    if delegation.is_open or delegation.tenant_id is not None:
        raise Impossible(_("This delegation is still under way, or has become a service."))
    erasure = Erasure.objects.create(
        account_id=delegation.account_id,
        subject=delegation.key,
        because=because,
        by_label=by.label,
    )
    rows = Rows(account_id=delegation.account_id, places=[delegation.key], address=delegation.email)
    values = _names(delegation)
    erasure.rows = scrub(rows=rows, values=values, pseudonym=erasure.pseudonym)
    erasure.save(update_fields=["rows"])
    Delegation.objects.filter(pk=delegation.pk).update(**_blank(erasure, PERSON))
    return erasure


def apply_retention() -> int:
    """Erase what has been kept long enough; a few at a time, the rest follows. How many."""
    erased = 0
    for tenant in due_for_erasure()[:AT_ONCE]:
        with suppress(Impossible):  # something failed there and waits for a person: later
            erase(tenant=tenant, by=PORTAL, because=Erasure.Because.RETENTION)
            erased += 1
    for delegation in _wishes_due()[:AT_ONCE]:
        erase_wish(delegation=delegation, by=PORTAL, because=Erasure.Because.RETENTION)
        erased += 1
    return erased


def due_for_erasure() -> QuerySet[Tenant]:
    """Services without a subscription for RETENTION_CONTACT_DAYS."""
    limit = _limit()
    rows = Tenant.objects.filter(contact_erased_at=None, updated_at__lt=limit).annotate(
        standing=Count("subscriptions", filter=~Q(subscriptions__status__in=ENDED)),
        last=Max("subscriptions__updated_at"),
    )
    return rows.filter(Q(last=None) | Q(last__lt=limit), standing=0).order_by("pk")


def _wishes_due() -> QuerySet[Delegation]:
    closed = Delegation.objects.filter(tenant=None, updated_at__lt=_limit())
    return closed.exclude(state__in=OPEN_DELEGATIONS).exclude(email__endswith="@erased.invalid")


def _limit() -> datetime:
    return now() - timedelta(days=settings.RETENTION_CONTACT_DAYS)


def _blank(erasure: Erasure, names: Iterable[str]) -> dict[str, str]:
    filled = {"first_name": erasure.pseudonym, "email": erasure.address}
    return {name: filled.get(name, "") for name in names}


def _values(row: Model, names: Iterable[str]) -> dict[str, str]:
    return {name: getattr(row, name) for name in names}


def _agreement(tenant: Tenant) -> Agreement | None:
    return Agreement.objects.filter(tenant=tenant).first()


def _delegation(tenant: Tenant) -> Delegation | None:
    return Delegation.objects.filter(tenant=tenant).first()


def _places(tenant: Tenant) -> list[str]:
    delegation = _delegation(tenant)
    return [tenant.key, *([delegation.key] if delegation else [])]


def _rows(tenant: Tenant) -> Rows:
    return Rows(account_id=tenant.account_id, places=_places(tenant), address=tenant.email)


def _names(row: Tenant | Agreement | Delegation) -> list[str]:
    """Every way in which this row names the person."""
    whole = f"{row.first_name} {row.last_name}"
    return [whole, row.first_name, row.last_name, row.email, row.phone]


def _all_values(tenant: Tenant) -> list[str]:
    rows = [row for row in (_agreement(tenant), _delegation(tenant)) if row is not None]
    named = [value for row in (tenant, *rows) for value in _names(row)]
    return [*named, tenant.address, tenant.address2]

"""Closing and reopening of services, as far as it takes more than one transaction."""

from functools import partial

from django.utils.translation import gettext_noop

from accounts.models import PartnerId
from journal.models import OPEN, Operation, State
from journal.people import By
from journal.work import Done, Wait, Work
from tenants import compliance
from tenants.remote import tenant_of

STOPPING = ("subscription.hold",)
RESUMING = ("subscription.release", "subscription.restore_end")


def enforce(work: Work) -> Done:
    """`partner.enforce`: the state of an MPN ID has changed; its services follow."""
    partner = PartnerId.objects.get(pk=work.params["partner_id"])
    return Done(write=partial(_enforce, partner))


def close(work: Work) -> Done | Wait:
    """`tenant.close`: wait until every subscription is suspended at Microsoft."""
    if _is_under_way(work, STOPPING):
        return Wait(text=gettext_noop("The subscriptions are being suspended."))
    tenant = tenant_of(work)
    return Done(write=lambda _operation: compliance.closed(tenant))


def open_again(work: Work) -> Done | Wait:
    """`tenant.open`: wait until every subscription that was suspended runs again."""
    if _is_under_way(work, RESUMING):
        return Wait(text=gettext_noop("The subscriptions are being reactivated."))
    tenant = tenant_of(work)
    return Done(write=lambda _operation: compliance.opened(tenant))


def _is_under_way(work: Work, kinds: tuple[str, ...]) -> bool:
    steps = Operation.objects.filter(journey=work.operation.journey, kind__in=kinds)
    return steps.filter(state__in=(*OPEN, State.ERROR)).exists()


def _enforce(partner: PartnerId, operation: Operation) -> None:
    compliance.enforce(partner_id=partner, by=By(operation.by_label, operation.by_id))

"""Which services a member of an account sees: judged here, where tenants are known."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from accounts import services
from accounts.models import Account, Invitation, Membership, ReachKind
from common.refusals import Impossible
from journal.people import By
from tenants.models import Tenant


def change_member(
    *, membership: Membership, role: str, reach: str, chosen: Collection[int], by: By
) -> None:
    """Role and reach together. Raises Impossible where the member would see nothing."""
    tenants = _judged(membership.account, reach, chosen)
    services.change_member(membership=membership, role=role, reach=reach, chosen=tenants, by=by)


def invite(
    *, account: Account, email: str, role: str, reach: str, chosen: Collection[int], by: By
) -> Invitation:
    """The same for somebody who is to join."""
    tenants = _judged(account, reach, chosen)
    return services.invite(
        account=account, email=email, role=role, reach=reach, chosen=tenants, by=by
    )


def _judged(account: Account, reach: str, chosen: Collection[int]) -> list[int]:
    """What is chosen counts only where the reach is about it."""
    if reach == ReachKind.ALL:
        return []
    mine = Tenant.objects.filter(account=account)
    found = sorted(mine.filter(pk__in=chosen).values_list("pk", flat=True))
    if len(found) != len(set(chosen)):
        raise Impossible(_("Choose services of your account."), field="chosen", code="unknown")
    if reach == ReachKind.EXCEPT and found and not mine.exclude(pk__in=found).exists():
        raise Impossible(_("Leave at least one service to see."), field="chosen", code="nothing")
    return found

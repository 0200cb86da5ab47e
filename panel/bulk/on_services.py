"""Many services at once: is the MPN ID that they are ordered under still good?"""

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import services
from accounts.access import Actor
from accounts.models import Role
from panel.bulk.action import Action, Asked, Outlook, Seen
from tenants.access import tenant_for, tenants_of
from tenants.models import Tenant


def find(actor: Actor, pk: int) -> Tenant:
    name = tenants_of(actor).filter(pk=pk).values_list("service_name", flat=True).first()
    return tenant_for(actor, name or "", need=Role.OWNER)


def look(row: Tenant, wish: dict[str, Any]) -> Outlook:
    text = _("Microsoft is asked about the MPN ID %(mpn_id)s.")
    return Outlook(text % {"mpn_id": row.partner_id.mpn_id})


def ask(actor: Actor, row: Tenant, wish: dict[str, Any], seen: Seen) -> Asked:
    """Services under the same MPN ID share one check."""
    return Asked(services.recheck(partner_id=row.partner_id, by=actor.by))


def page_of(pk: int) -> str:
    """Where MPN IDs are mended."""
    return reverse("accounts:partner_ids")


def name_of(row: Tenant) -> tuple[str, str]:
    return row.display_name, ""


CHECK: Final = Action(
    name="check",
    label=gettext_lazy("Check the MPN ID again"),
    icon="patch-check",
    need=Role.OWNER,
    find=find,
    look=look,
    ask=ask,
    name_of=name_of,
    page_of=page_of,
)

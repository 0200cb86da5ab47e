"""What the journal does at Microsoft for a tenant; the only door of this room to other systems."""

from journal.work import Work
from tenants.models import Tenant


def tenant_of(work: Work) -> Tenant:
    """The tenant an operation is about, with all that its steps read."""
    rows = Tenant.objects.select_related("account", "partner_id", "gdap", "agreement")
    return rows.get(pk=work.params["tenant"])

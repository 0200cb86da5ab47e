"""`sync.tenant`: one tenant, because something may have changed there."""

from datetime import datetime

from journal.work import Done, Work
from partnercenter import connect
from sync.remote.looking import look
from sync.services.looks import Author
from tenants.models import Tenant


def look_at(work: Work) -> Done:
    """`sync.tenant`: params `tenant`, and whom the audit names (`author`, `at`)."""
    tenant = Tenant.objects.select_related("account").get(pk=work.params["tenant"])
    cost = look(connect(tenant.market), tenant, author_of(work))
    return Done({"subscriptions": cost.subscriptions, "changes": cost.drifts})


def author_of(work: Work) -> Author:
    at = work.params.get("at", "")
    return Author(work.params.get("author", ""), datetime.fromisoformat(at) if at else None)

"""The steps that make a tenant usable, written whole into the journal."""

from journal import services as journal
from journal.models import Operation
from journal.people import By
from tenants.models import Tenant


def create_at_microsoft(
    tenant: Tenant, *, journey: str, by: By, after: Operation | None = None
) -> Operation:
    """Customer, approval, GDAP (asked for), agreement. Returns the step to follow.

    What the customer must approve goes on beside and holds nothing up.
    """
    chain = Chain(tenant, journey=journey, by=by, last=after)
    chain.step("tenant.create_customer")
    chain.step("tenant.await_account")
    ask_for_rights(chain)
    return chain.step("tenant.attest_agreement")


def ask_for_rights(chain: "Chain") -> Operation:
    """Delegated rights (GDAP) are asked for in this chain; their approval goes on beside it.

    Returns the first step.
    """
    first = chain.step("tenant.create_gdap")
    asked = chain.step("tenant.lock_gdap")
    key = chain.tenant.gdap.key
    rights = Chain(chain.tenant, journey=chain.journey, by=chain.by, subject=key, last=asked)
    for kind in ("tenant.await_gdap", "tenant.assign_gdap", "tenant.consent"):
        rights.step(kind)
    return first


class Chain:
    """Asks for steps, each after the one before."""

    def __init__(
        self,
        tenant: Tenant,
        *,
        journey: str,
        by: By,
        subject: str = "",
        last: Operation | None = None,
    ) -> None:
        self.tenant, self.journey, self.by = tenant, journey, by
        self.subject = subject or journey
        self.last = last

    def step(self, kind: str, **params: object) -> Operation:
        """Ask for one more step about the same tenant."""
        self.last = journal.ask(
            kind=kind,
            account_id=self.tenant.account_id,
            subject=self.subject,
            listed_under=self.tenant.key,
            journey=self.journey,
            params={"tenant": self.tenant.pk, **params},
            after=self.last,
            by=self.by,
        )
        return self.last

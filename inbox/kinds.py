"""Which events people are told of, under which topic, how urgent, and from which role on."""

from dataclasses import dataclass
from typing import Final, Literal

from accounts.models import Role, Topic

Severity = Literal["good", "info", "warn", "bad"]


@dataclass(frozen=True)
class Kind:
    """Good news and mere information are never mailed at once, only what is wrong or waits."""

    topic: Topic
    severity: Severity = "info"
    role: Role = Role.VIEWER
    """The least role that is told; a person whom it concerns is told in any case."""
    own: bool = False
    """Also told to the one who did it: they cannot have seen how it ended, or it is safer."""
    has_mail: bool = False
    """The room of the event sends a mail of its own that says more."""

    @property
    def is_urgent(self) -> bool:
        return self.severity in ("warn", "bad")


_T = Topic

KINDS: Final[dict[str, Kind]] = {
    # Orders
    "order.placed": Kind(_T.ORDERS),
    "order.corrected": Kind(_T.ORDERS),
    "order.prices_accepted": Kind(_T.ORDERS),
    "order.completed": Kind(_T.ORDERS, "good", own=True),
    "order.approval_asked": Kind(_T.APPROVALS, "warn", Role.OWNER, has_mail=True),
    "order.approved": Kind(_T.ORDERS, "good", has_mail=True),
    "order.refused": Kind(_T.ORDERS, "warn", has_mail=True),
    # Subscriptions
    "subscription.seats_changed": Kind(_T.SUBSCRIPTIONS),
    "subscription.cancelled": Kind(_T.SUBSCRIPTIONS),
    "subscription.suspended": Kind(_T.SUBSCRIPTIONS, "warn"),
    "subscription.reactivated": Kind(_T.SUBSCRIPTIONS, "good"),
    "subscription.upgraded": Kind(_T.SUBSCRIPTIONS),
    "subscription.plan_changed": Kind(_T.SUBSCRIPTIONS),
    "subscription.end_chosen": Kind(_T.SUBSCRIPTIONS),
    "subscription.change_scheduled": Kind(_T.SUBSCRIPTIONS),
    "subscription.schedule_cleared": Kind(_T.SUBSCRIPTIONS),
    "subscription.renewed": Kind(_T.SUBSCRIPTIONS, "good", own=True),
    "subscription.extended": Kind(_T.SUBSCRIPTIONS, "warn", own=True),
    "subscription.trial_converted": Kind(_T.SUBSCRIPTIONS, "warn", own=True),
    "subscription.changed_elsewhere": Kind(_T.SUBSCRIPTIONS, "warn", own=True),
    "subscription.renewal_near": Kind(_T.SUBSCRIPTIONS, "warn", own=True),
    "subscription.approval_asked": Kind(_T.APPROVALS, "warn", Role.OWNER, has_mail=True),
    "subscription.change_approved": Kind(_T.SUBSCRIPTIONS, "good", has_mail=True),
    "subscription.change_refused": Kind(_T.SUBSCRIPTIONS, "warn", has_mail=True),
    "subscription.change_lapsed": Kind(_T.SUBSCRIPTIONS, "warn", has_mail=True),
    "subscription.window_closing": Kind(_T.WINDOWS, "warn", own=True),
    # MPN IDs and what hangs on them
    "partner_id.registered": Kind(_T.COMPLIANCE),
    "partner_id.removed": Kind(_T.COMPLIANCE),
    "partner_id.valid": Kind(_T.COMPLIANCE, "good", own=True),
    "partner_id.invalid": Kind(_T.COMPLIANCE, "bad", own=True, has_mail=True),
    "partner_id.grace_ends": Kind(_T.COMPLIANCE, "bad", own=True, has_mail=True),
    "partner_id.claim_granted": Kind(_T.COMPLIANCE, "good", own=True),
    "partner_id.claim_refused": Kind(_T.COMPLIANCE, "bad", own=True),
    "tenant.suspended": Kind(_T.COMPLIANCE, "bad", own=True, has_mail=True),
    "tenant.reopened": Kind(_T.COMPLIANCE, "good", own=True, has_mail=True),
    "tenant.moved": Kind(_T.COMPLIANCE),
    # Delegations, delegated rights, qualification
    "delegation.appeared": Kind(_T.DELEGATIONS, "warn", own=True, has_mail=True),
    "delegation.approved": Kind(_T.DELEGATIONS, "good", own=True, has_mail=True),
    "delegation.refused": Kind(_T.DELEGATIONS, "bad", own=True, has_mail=True),
    "delegation.given_up": Kind(_T.DELEGATIONS),
    "delegation.done": Kind(_T.DELEGATIONS, "good", own=True, has_mail=True),
    "tenant.left": Kind(_T.DELEGATIONS, "bad", own=True),
    "tenant.rights_granted": Kind(_T.DELEGATIONS, "good", own=True),
    "tenant.rights_expiring": Kind(_T.DELEGATIONS, "warn", own=True, has_mail=True),
    "tenant.rights_ended": Kind(_T.DELEGATIONS, "bad", own=True, has_mail=True),
    "tenant.rights_extended": Kind(_T.DELEGATIONS, "good", own=True),
    "tenant.qualification_changed": Kind(_T.DELEGATIONS, "info", own=True, has_mail=True),
    # Domains
    "dns.conflict": Kind(_T.DOMAINS, "warn", own=True),
    "dns.refused": Kind(_T.DOMAINS, "bad", own=True),
    "domain.verified": Kind(_T.DOMAINS, "good", own=True),
    "domain.configured": Kind(_T.DOMAINS, "good", own=True),
    "domain.health_failed": Kind(_T.DOMAINS, "bad", own=True, has_mail=True),
    "domain.health_recovered": Kind(_T.DOMAINS, "good", own=True),
    "zoneconnection.added": Kind(_T.DOMAINS, role=Role.OWNER),
    "zoneconnection.removed": Kind(_T.DOMAINS, role=Role.OWNER),
    # Security
    "person.factor_added": Kind(_T.SECURITY, "warn", Role.OWNER, own=True, has_mail=True),
    "person.factor_removed": Kind(_T.SECURITY, "bad", Role.OWNER, own=True, has_mail=True),
    "person.codes_renewed": Kind(_T.SECURITY, "warn", Role.OWNER, own=True, has_mail=True),
    "support.began": Kind(_T.SECURITY, "warn", Role.OWNER),
    "support.changes_allowed": Kind(_T.SECURITY, "warn", Role.OWNER),
    "support.ended": Kind(_T.SECURITY, role=Role.OWNER),
    "member.invited": Kind(_T.SECURITY, role=Role.OWNER),
    "member.joined": Kind(_T.SECURITY, "warn", Role.OWNER),
    "member.role_changed": Kind(_T.SECURITY, "warn", Role.OWNER),
    "member.reach_changed": Kind(_T.SECURITY, "warn", Role.OWNER),
    "member.removed": Kind(_T.SECURITY, "warn", Role.OWNER),
    "token.created": Kind(_T.SECURITY, "warn", Role.OWNER, own=True),
    "token.revoked": Kind(_T.SECURITY, role=Role.OWNER),
    "zoneconnection.keys_replaced": Kind(_T.SECURITY, role=Role.OWNER),
    "tenant.password_reset": Kind(_T.SECURITY, role=Role.OWNER),
    "tenant.password_shown": Kind(_T.SECURITY, role=Role.OWNER),
    # Reports and money
    "list.exported": Kind(_T.REPORTS, role=Role.OWNER),
    "cashback.closed": Kind(_T.REPORTS, "good", Role.MANAGER),
    "cashback.corrected": Kind(_T.REPORTS, role=Role.MANAGER),
    # The portal
    "account.changed": Kind(_T.PLATFORM, role=Role.OWNER),
    "operation.failed": Kind(_T.PLATFORM, "bad", Role.OPERATOR, own=True),
}

FAILED: Final = "operation.failed"
TOPIC_OF_WORK: Final = {
    "order": _T.ORDERS, "subscription": _T.SUBSCRIPTIONS, "delegation": _T.DELEGATIONS,
    "tenant": _T.DELEGATIONS, "dns": _T.DOMAINS, "domain": _T.DOMAINS,
}  # fmt: skip
"""A task that failed belongs to the topic of its room."""

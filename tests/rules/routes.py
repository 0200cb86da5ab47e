"""Every route of the portal, and the least role each of its methods asks for.

`ANYONE`: signed in, whatever the role. `PUBLIC`: nobody in particular. `own`: the route is about
an object of Northwind's, so a stranger gets 404. A method that is not named here answers 405.
"""

from dataclasses import dataclass

VIEWER, OPERATOR, MANAGER, OWNER = "viewer", "operator", "manager", "owner"
PUBLIC = "public"


@dataclass(frozen=True)
class Route:
    """`about` names the object in the address, if any; `api`: a token instead of a browser."""

    methods: dict[str, str]
    about: str = ""
    shared: bool = False
    """The argument of its address is nobody's."""
    query: str = ""
    """What it is about stands in the query under this name."""

    @property
    def own(self) -> bool:
        return bool(self.about) and not self.shared


def get(role: str = VIEWER, about: str = "") -> Route:
    return Route({"GET": role}, about)


def post(role: str, about: str = "") -> Route:
    return Route({"POST": role}, about)


def form(role: str, about: str = "") -> Route:
    return Route({"GET": role, "POST": role}, about)


ROUTES: dict[str, Route] = {
    # panel
    "panel:front": get(PUBLIC),
    "panel:home": get(),
    "panel:guide": get(),
    "panel:services": form(VIEWER),
    "panel:subscriptions": form(VIEWER),
    "panel:orders": form(VIEWER),
    "panel:export": Route({"GET": VIEWER}, "export", shared=True),
    "panel:forget_view": post(VIEWER, "saved_view"),
    "panel:invite": form(OWNER),
    "panel:member": form(OWNER, "membership"),
    # the provider's staff alone: everybody of an account gets 404
    "panel:health": Route({}),
    "panel:styleguide": Route({}),
    "panel:service": get(VIEWER, "tenant"),
    "panel:switching": Route({"GET": VIEWER, "POST": OPERATOR}, "tenant"),
    "panel:api_switching": Route({"GET": VIEWER, "POST": OPERATOR}, "tenant"),
    "panel:calendar": get(),
    "panel:calendar_create": post(VIEWER),
    "panel:calendar_revoke": post(VIEWER),
    "panel:calendar_feed": Route({"GET": PUBLIC}, "feed_secret"),
    "panel:reports": get(),
    "panel:report": Route({"GET": VIEWER, "POST": VIEWER}, "report", shared=True),
    "panel:report_export": Route({"GET": VIEWER}, "report_export", shared=True),
    "panel:report_schedule": form(VIEWER, "report_schedule"),
    "panel:report_file": get(VIEWER, "report_file"),
    "panel:api_reports": get(),
    "panel:api_report": Route({"GET": VIEWER}, "report", shared=True),
    "panel:api_docs": get(PUBLIC),
    # tenants
    "tenants:rename": form(OPERATOR, "tenant"),
    "tenants:partner_id": form(OWNER, "tenant"),
    "tenants:contact": form(OWNER, "tenant"),
    "tenants:contact_json": get(OWNER, "tenant"),
    "tenants:api_contact": Route({"GET": OWNER, "DELETE": OWNER}, "tenant"),
    "tenants:reset_password": form(OPERATOR, "tenant"),
    "tenants:new_password": form(OPERATOR, "credential"),
    "tenants:qualifications": Route({"GET": VIEWER, "POST": MANAGER}, "tenant"),
    "tenants:look_again": post(MANAGER, "qualification"),
    "tenants:api_qualifications": Route({"GET": VIEWER, "POST": MANAGER}, "tenant"),
    "tenants:api_terms": get(VIEWER, "tenant"),
    "tenants:api_tenants": get(),
    "tenants:api_tenant": Route({"GET": VIEWER, "PATCH": OPERATOR}, "tenant"),
    "tenants:api_reset_password": post(OPERATOR, "tenant"),
    "tenants:api_reveal": post(OPERATOR, "credential"),
    "tenants:agreement": form(MANAGER, "tenant"),
    "tenants:api_agreement": post(MANAGER, "tenant"),
    "tenants:renew_rights": post(OPERATOR, "tenant"),
    "tenants:api_renew_rights": post(OPERATOR, "tenant"),
    "tenants:delegations": get(),
    "tenants:delegate": form(MANAGER),
    "tenants:delegation_check": post(MANAGER),
    "tenants:delegation": get(VIEWER, "delegation"),
    "tenants:delegation_look": post(MANAGER, "delegation"),
    "tenants:delegation_validate": form(MANAGER, "delegation"),
    "tenants:delegation_give_up": form(MANAGER, "delegation"),
    "tenants:api_delegations": Route({"GET": VIEWER, "POST": MANAGER}),
    "tenants:api_delegation": get(VIEWER, "delegation"),
    "tenants:api_delegation_validate": post(MANAGER, "delegation"),
    "tenants:api_delegation_cancel": post(MANAGER, "delegation"),
    "tenants:api_delegation_look": post(MANAGER, "delegation"),
    # subscriptions
    "subscriptions:renewals": get(),
    "subscriptions:subscription": get(VIEWER, "subscription"),
    "subscriptions:look": post(OPERATOR, "subscription"),
    "subscriptions:seats": form(MANAGER, "subscription"),
    "subscriptions:cancel": form(MANAGER, "subscription"),
    "subscriptions:price_changes": get(),
    "subscriptions:suspend": form(MANAGER, "subscription"),
    "subscriptions:reactivate": form(MANAGER, "subscription"),
    "subscriptions:rename": form(OPERATOR, "subscription"),
    "subscriptions:end": form(MANAGER, "subscription"),
    "subscriptions:schedule": form(MANAGER, "subscription"),
    "subscriptions:unschedule": form(MANAGER, "subscription"),
    "subscriptions:trial": form(MANAGER, "subscription"),
    "subscriptions:plan": form(MANAGER, "subscription"),
    "subscriptions:upgrade": form(MANAGER, "subscription"),
    "subscriptions:api_catalogue": get(),
    "subscriptions:api_tenant_catalogue": get(VIEWER, "tenant"),
    "subscriptions:api_price_history": Route({"GET": VIEWER}, "licence", shared=True),
    "subscriptions:api_price_changes": get(),
    "subscriptions:api_subscriptions": get(VIEWER, "tenant"),
    "subscriptions:api_subscription": get(VIEWER, "subscription"),
    "subscriptions:api_seats": post(MANAGER, "subscription"),
    "subscriptions:api_cancel": post(MANAGER, "subscription"),
    "subscriptions:api_preview": post(VIEWER, "subscription"),
    "subscriptions:api_changes": post(OPERATOR, "subscription"),
    "subscriptions:api_schedule": Route({"GET": VIEWER, "DELETE": MANAGER}, "subscription"),
    "subscriptions:api_upgrades": get(VIEWER, "subscription"),
    "subscriptions:api_renewals": get(),
    # cashback
    "cashback:index": get(),
    "cashback:statement": get(VIEWER, "statement"),
    "cashback:statement_csv": get(VIEWER, "statement"),
    "cashback:api_statements": get(),
    "cashback:api_statement": get(VIEWER, "statement"),
    "cashback:api_lines": get(VIEWER, "statement"),
    # orders
    "orders:new": form(MANAGER),
    "orders:keep": post(MANAGER),
    "orders:forget": post(MANAGER),
    "orders:keep_more": post(MANAGER, "tenant"),
    "orders:forget_more": post(MANAGER, "tenant"),
    "orders:uploads": form(MANAGER),
    "orders:upload_template": get(MANAGER),
    "orders:upload": form(MANAGER, "upload"),
    "orders:upload_failed": get(MANAGER, "upload"),
    "orders:again": form(MANAGER, "order"),
    "orders:again_service": form(MANAGER, "tenant"),
    "orders:decide": post(OWNER, "order"),
    "orders:api_approve": post(OWNER, "order"),
    "orders:api_refuse": post(OWNER, "order"),
    "orders:check": Route({"POST": MANAGER}, "check", shared=True),
    "orders:order": get(VIEWER, "order"),
    "orders:correct": form(MANAGER, "order"),
    "orders:accept_prices": post(MANAGER, "order"),
    "orders:more": form(MANAGER, "tenant"),
    "orders:api_orders": Route({"GET": VIEWER, "POST": MANAGER}),
    "orders:api_order": get(VIEWER, "order"),
    "orders:api_correct": post(MANAGER, "order"),
    "orders:api_accept_prices": post(MANAGER, "order"),
    "orders:api_more": post(MANAGER, "tenant"),
    # sync
    "sync:index": get(),
    "sync:note": post(OPERATOR, "drift"),
    "sync:microsoft": Route({"POST": PUBLIC}, "market", shared=True),
    "sync:api_drifts": get(),
    "sync:api_note": post(OPERATOR, "drift"),
    "sync:api_look": post(OPERATOR, "tenant"),
    # dnsconfig
    "dnsconfig:connections": Route({"GET": OWNER, "POST": OWNER}),
    "dnsconfig:refresh_zones": post(OWNER, "connection"),
    "dnsconfig:change_keys": form(OWNER, "connection"),
    "dnsconfig:remove_connection": post(OWNER, "connection"),
    "dnsconfig:domains": Route({"GET": VIEWER, "POST": OPERATOR}, "tenant"),
    "dnsconfig:plan": get(VIEWER, "plan"),
    "dnsconfig:launch": post(OPERATOR, "plan"),
    "dnsconfig:give_up": post(OPERATOR, "plan"),
    "dnsconfig:health_overview": get(),
    "dnsconfig:health": Route({"GET": VIEWER, "POST": OPERATOR}, "domain"),
    "dnsconfig:health_repair": post(OPERATOR, "domain"),
    "dnsconfig:api_health": Route({"GET": VIEWER, "POST": OPERATOR}, "domain"),
    "dnsconfig:decide": post(OPERATOR, "plan"),
    "dnsconfig:look_again": post(OPERATOR, "plan"),
    "dnsconfig:undo": post(OPERATOR, "plan"),
    "dnsconfig:export": get(VIEWER, "plan_export"),
    "dnsconfig:withdraw": post(OPERATOR, "domain"),
    "dnsconfig:api_zones": get(),
    "dnsconfig:api_domains": get(VIEWER, "tenant"),
    "dnsconfig:api_plans": Route({"GET": VIEWER, "POST": OPERATOR}, "tenant"),
    "dnsconfig:api_plan": get(VIEWER, "plan"),
    "dnsconfig:api_launch": post(OPERATOR, "plan"),
    "dnsconfig:api_give_up": post(OPERATOR, "plan"),
    "dnsconfig:own_zones": get(),
    "dnsconfig:new_own_zone": form(OWNER),
    "dnsconfig:own_zone": Route({"GET": VIEWER, "POST": OPERATOR}, "own_zone"),
    "dnsconfig:change_own_zone": form(OWNER, "own_zone"),
    "dnsconfig:delete_own_zone": form(OWNER, "own_zone"),
    "dnsconfig:own_zone_file": get(VIEWER, "own_zone"),
    "dnsconfig:remove_own_record": form(OPERATOR, "own_record"),
    "dnsconfig:api_own_zones": Route({"GET": VIEWER, "POST": OWNER}),
    "dnsconfig:api_own_zone": Route({"GET": VIEWER, "PUT": OWNER, "DELETE": OWNER}, "own_zone"),
    "dnsconfig:api_own_zone_file": get(VIEWER, "own_zone"),
    "dnsconfig:api_own_records": Route({"GET": VIEWER, "POST": OPERATOR}, "own_zone"),
    "dnsconfig:api_own_record": Route({"DELETE": OPERATOR}, "own_record"),
    "dnsconfig:api_decide": post(OPERATOR, "plan"),
    "dnsconfig:api_undo": post(OPERATOR, "plan"),
    "dnsconfig:api_withdraw": post(OPERATOR, "domain"),
    # accounts
    "accounts:settings": form(OWNER),
    "accounts:profile": form(VIEWER),
    "accounts:logo": get(VIEWER, "logo"),
    "accounts:change_logo": form(OWNER),
    "accounts:remove_logo": post(OWNER),
    "accounts:sessions": get(),
    "accounts:sessions_end_others": post(VIEWER),
    "accounts:session_end": post(VIEWER, "browser_session"),
    "accounts:switch": post(VIEWER),
    "accounts:members": Route({"GET": VIEWER, "POST": OWNER}),
    "accounts:member_remove": form(OWNER, "membership"),
    "accounts:invitation_withdraw": post(OWNER, "invitation"),
    "accounts:invitation": Route({"GET": PUBLIC, "POST": PUBLIC}, "invitation_secret"),
    "accounts:tokens": Route({"GET": OWNER, "POST": OWNER}),
    "accounts:token_revoke": post(OWNER, "token"),
    "accounts:partner_ids": Route({"GET": VIEWER, "POST": OWNER}),
    "accounts:partner_board": get(),
    "accounts:partner_id_check": post(OWNER),
    "accounts:partner_id_recheck": post(OWNER, "partner_id"),
    "accounts:partner_id_remove": form(OWNER, "partner_id"),
    "accounts:api_me": get(),
    "accounts:api_members": get(),
    "accounts:api_partner_ids": Route({"GET": VIEWER, "POST": OWNER}),
    "accounts:api_partner_id": get(VIEWER, "partner_id"),
    "accounts:api_partner_id_recheck": post(OWNER, "partner_id"),
    # tasks in progress and events
    "operations:index": get(),
    "operations:steps": Route({"GET": VIEWER}, "journey", query="journey"),
    "operations:operation": get(VIEWER, "operation"),
    "operations:retry": form(MANAGER, "operation"),
    "operations:cancel": form(MANAGER, "operation"),
    "operations:api_operations": get(),
    "operations:api_operation": get(VIEWER, "operation"),
    "operations:api_retry": post(MANAGER, "operation"),
    "operations:api_cancel": post(MANAGER, "operation"),
    "operations:api_events": get(),
    # the portal itself
    "health:live": get(PUBLIC),
    "health:ready": get(PUBLIC),
    "schema": get(PUBLIC),
}

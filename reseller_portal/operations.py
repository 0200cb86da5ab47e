"""Every kind of operation and who carries it out: the one place to read them all."""

OPERATIONS = {
    # Mail of the portal itself: confirmations, invitations, notices.
    "notice.mail": "notices.remote.send_mail",
    # What happened, told by mail: one event at once, or a digest.
    "notice.event": "inbox.remote.mail_event",
    "notice.digest": "inbox.remote.mail_digest",
    # The provider's own sign-in at Microsoft
    "connection.check": "connections.remote.check",
    # MPN IDs
    "partner.check": "accounts.remote.check",
    "partner.check_all": "accounts.remote.check_all",
    "partner.enforce": "tenants.remote.compliance.enforce",
    # Services that are suspended for it, and reopened
    "tenant.stop": "subscriptions.remote.holding.stop",
    "subscription.hold": "subscriptions.remote.holding.hold",
    "tenant.close": "tenants.remote.compliance.close",
    "tenant.resume": "subscriptions.remote.holding.resume",
    "subscription.release": "subscriptions.remote.holding.release",
    "subscription.restore_end": "subscriptions.remote.holding.restore_end",
    "tenant.open": "tenants.remote.compliance.open_again",
    # A tenant at Microsoft: customer, agreement, delegated rights, passwords
    "tenant.create_customer": "tenants.remote.customer.create",
    "tenant.await_account": "tenants.remote.customer.await_approval",
    "tenant.attest_agreement": "tenants.remote.customer.attest",
    "tenant.create_gdap": "tenants.remote.gdap.create",
    "tenant.lock_gdap": "tenants.remote.gdap.lock",
    "tenant.await_gdap": "tenants.remote.gdap.await_approval",
    "tenant.assign_gdap": "tenants.remote.gdap.assign",
    "tenant.consent": "tenants.remote.gdap.consent",
    "tenant.check_rights": "tenants.remote.rights.check",
    "tenant.extend_rights": "tenants.remote.rights.extend",
    "tenant.count_use": "tenants.remote.use.count",
    "tenant.qualify": "tenants.remote.qualification.qualify",
    "tenant.await_qualification": "tenants.remote.qualification.await_decision",
    "tenant.reset_password": "tenants.remote.password.reset",
    "tenant.mail_welcome": "tenants.remote.mail.welcome",
    "tenant.mail_password": "tenants.remote.mail.new_password",
    # A tenant that exists at Microsoft, taken over with its customer's consent
    "delegation.look": "tenants.remote.delegation.look",
    "delegation.mail_link": "tenants.remote.mail.consent_link",
    "delegation.await_customer": "tenants.remote.delegation.await_customer",
    "delegation.adopt": "tenants.remote.delegation.adopt",
    "delegation.finish": "tenants.remote.delegation.finish",
    # Orders
    "order.approval": "orders.remote.approval.wait",
    "order.fill_cart": "orders.remote.buying.fill_cart",
    "order.check_partner": "orders.remote.buying.check_partner",
    "order.checkout": "orders.remote.buying.checkout",
    "order.await_subscriptions": "orders.remote.buying.await_subscriptions",
    "upload.check": "orders.remote.uploads.check",
    "upload.order": "orders.remote.uploads.order",
    # Subscriptions and catalogue
    "subscription.change_seats": "subscriptions.remote.changes.seats",
    "subscription.cancel": "subscriptions.remote.changes.cancel",
    "subscription.suspend": "subscriptions.remote.changes.suspend",
    "subscription.reactivate": "subscriptions.remote.changes.reactivate",
    "subscription.rename": "subscriptions.remote.changes.rename",
    "subscription.choose_end": "subscriptions.remote.changes.choose_end",
    "subscription.schedule": "subscriptions.remote.schedule.schedule",
    "subscription.clear_schedule": "subscriptions.remote.changes.clear_schedule",
    "subscription.change_plan": "subscriptions.remote.changes.change_plan",
    "subscription.upgrade": "subscriptions.remote.upgrades.upgrade",
    "subscription.look": "subscriptions.remote.looks.look",
    "catalogue.sync": "subscriptions.remote.catalogue.sync",
    # Many rows of a list at once: asks for the operation of each
    "bulk.run": "panel.bulk.running.run",
    # A long list as a file
    "export.make": "panel.exports.making.make",
    # Keeping in step with Microsoft
    "sync.tenant": "sync.remote.tenants.look_at",
    "sync.sweep": "sync.remote.sweep.sweep",
    "sync.catch_up": "sync.remote.audit.catch_up",
    "sync.register_webhook": "sync.remote.registration.register",
    "sync.event": "sync.remote.events.check",
    # Reports that people are sent
    "report.make": "panel.reports.schedules.make",
    # Cashback
    "cashback.count": "cashback.remote.count",
    "cashback.compute": "cashback.remote.compute",
    # Domains: at Microsoft, in their zones, at the name servers
    "dns.list_zones": "dnsconfig.remote.zone.list_zones",
    "dns.look_ahead": "dnsconfig.remote.zone.look_ahead",
    "domain.add": "dnsconfig.remote.microsoft.add",
    "dns.write_verification": "dnsconfig.remote.zone.write_verification",
    "dns.refresh": "dnsconfig.remote.zone.refresh",
    "domain.verify": "dnsconfig.remote.microsoft.verify",
    "domain.enable_services": "dnsconfig.remote.microsoft.enable_services",
    "dns.plan": "dnsconfig.remote.microsoft.plan_records",
    "dns.plan_back": "dnsconfig.remote.zone.plan_back",
    "dns.apply": "dnsconfig.remote.zone.apply",
    "dns.verify": "dnsconfig.remote.servers.verify",
    # Own zones
    "dns.notify": "dnsconfig.embedded.remote.notify",
    "dns.health": "dnsconfig.remote.health.check",
}

# Called by the schedule; each writes the operations due today, unique on (kind, day).
DAILY = [
    "connections.services.plan_checks",
    "accounts.services.plan_partner_checks",
    "tenants.rights.plan_rights_checks",
    "accounts.services.warn_of_grace",
    "tenants.compliance.enforce_due",
    "tenants.use.plan_counts",
    "subscriptions.catalogue.plan_sync",
    "cashback.services.plan_count",
    "accounts.personal_data.apply_retention",
    "accounts.services.end_visits_that_are_over",
    "tenants.personal_data.apply_retention",
    "orders.services.drafts.apply_retention",
    "orders.services.uploads.apply_retention",
    "tenants.qualifications.plan_rereads",
    "subscriptions.learning.plan_looks",
    "sync.services.plan",
    "dnsconfig.health.services.plan_checks",
    "panel.reports.schedules.plan",
    "panel.bulk.jobs.forget_old",
    "panel.exports.files.forget_expired",
    "subscriptions.reminders.remind",
    "inbox.digests.plan",
]

"""What each kind of operation is called where people read it."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "notice.mail": _("Send a mail"),
    "connection.check": _("Check the sign-in at Microsoft"),
    "partner.check": _("Check an MPN ID at Microsoft"),
    "partner.check_all": _("Check all MPN IDs at Microsoft"),
    "partner.enforce": _("Close or reopen the services of an MPN ID"),
    "subscription.hold": _("Suspend a subscription with its service"),
    "subscription.release": _("Reactivate a subscription with its service"),
    "subscription.restore_end": _("Choose again what happens at the end of the term"),
    "tenant.stop": _("Find the subscriptions to suspend"),
    "tenant.close": _("Suspend the service"),
    "tenant.resume": _("Find the subscriptions to reactivate"),
    "tenant.open": _("Reopen the service"),
    "tenant.create_customer": _("Create the customer at Microsoft"),
    "tenant.await_account": _("Wait for Microsoft's approval of the customer"),
    "tenant.attest_agreement": _("Record the customer's agreement"),
    "tenant.create_gdap": _("Prepare the delegated rights"),
    "tenant.lock_gdap": _("Ask the customer for the delegated rights"),
    "tenant.await_gdap": _("Wait for the customer's approval"),
    "tenant.assign_gdap": _("Take up the delegated rights"),
    "tenant.consent": _("Let the portal into the tenant"),
    "tenant.check_rights": _("Look at the delegated rights"),
    "tenant.extend_rights": _("Extend the delegated rights"),
    "tenant.count_use": _("Count the licences that are assigned"),
    "tenant.qualify": _("Ask Microsoft to vet the customer"),
    "tenant.await_qualification": _("Wait for Microsoft's decision on the segment"),
    "tenant.reset_password": _("Reset the admin password"),
    "tenant.mail_welcome": _("Mail the credentials to the customer"),
    "tenant.mail_password": _("Mail the new password to the customer"),
    "delegation.look": _("Look at Microsoft whether the customer is known"),
    "delegation.mail_link": _("Mail the consent link to the customer"),
    "delegation.await_customer": _("Wait for the customer's consent"),
    "delegation.adopt": _("Take the tenant over"),
    "delegation.finish": _("Count the seats that are there"),
    "order.approval": _("Wait for an owner's approval"),
    "order.fill_cart": _("Fill the cart"),
    "order.check_partner": _("Check the MPN ID once more"),
    "order.checkout": _("Place the order"),
    "order.await_subscriptions": _("Wait for the subscriptions"),
    "upload.check": _("Check a customer of a file"),
    "upload.order": _("Order for a customer of a file"),
    "subscription.change_seats": _("Change the number of licences"),
    "subscription.cancel": _("Cancel the subscription"),
    "subscription.suspend": _("Suspend the subscription"),
    "subscription.reactivate": _("Reactivate the subscription"),
    "subscription.rename": _("Rename the subscription"),
    "subscription.choose_end": _("Choose what happens at the end of the term"),
    "subscription.schedule": _("Schedule a change for the renewal"),
    "subscription.clear_schedule": _("Give up the scheduled change"),
    "subscription.change_plan": _("Change term or payment"),
    "subscription.upgrade": _("Upgrade to another licence"),
    "report.make": _("Make a report and mail its link"),
    "cashback.count": _("Count the seats of the day"),
    "cashback.compute": _("Compute the cashback"),
    "subscription.look": _("Read the subscription at Microsoft"),
    "catalogue.sync": _("Read Microsoft's catalogue and prices"),
    "sync.tenant": _("Read the subscriptions at Microsoft"),
    "sync.sweep": _("Look at every tenant at Microsoft"),
    "sync.catch_up": _("Read Microsoft's audit records"),
    "sync.register_webhook": _("Register for Microsoft's events"),
    "sync.event": _("Check an event from Microsoft"),
    "dns.list_zones": _("List the zones"),
    "dns.look_ahead": _("Look at the zone"),
    "domain.add": _("Add the domain to the tenant"),
    "dns.write_verification": _("Write the proof of ownership into the zone"),
    "dns.refresh": _("Publish the zone"),
    "domain.verify": _("Have Microsoft verify the domain"),
    "domain.enable_services": _("Switch on the services for the domain"),
    "dns.plan": _("Plan the records"),
    "dns.plan_back": _("Plan the way back"),
    "dns.apply": _("Write the records into the zone"),
    "dns.verify": _("Ask every name server"),
    "dns.notify": _("Tell the secondaries of a change"),
    "dns.health": _("Look at the health of the domain"),
}


def label_of(kind: str) -> str:
    """In the active language; a kind that has no name shows as it is."""
    return str(LABELS.get(kind, kind))


OUTCOMES = {
    "done": _("done"),
    "lost": _("the worker vanished"),
    "broke": _("the portal failed"),
    "Busy": _("the other side was busy"),
    "OutcomeUnknown": _("no usable answer"),
    "Refused": _("refused"),
    "NotFound": _("not found"),
    "Misconfigured": _("not allowed"),
}


def outcome_of(outcome: str) -> str:
    """How an attempt ended, in the active language."""
    return str(OUTCOMES.get(outcome, outcome))

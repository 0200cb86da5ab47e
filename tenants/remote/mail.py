"""Mails to the customer: the consent link, and credentials (once, then they are forgotten)."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_noop

from accounts.models import Site
from common.errors import Refused
from journal.models import Operation
from journal.work import Done, Work
from notices.remote import deliver
from tenants import services
from tenants.models import Credential, Tenant
from tenants.remote import tenant_of
from tenants.remote.delegation import delegation_of

MICROSOFT_ADMIN = "https://admin.microsoft.com/"


def welcome(work: Work) -> Done:
    """`tenant.mail_welcome`: the platform is ready; login, password, what to do first (S6)."""
    tenant = tenant_of(work)
    credential = tenant.credentials.filter(purpose=Credential.Purpose.INITIAL).first()
    return _mail(work, tenant, credential, "welcome")


def new_password(work: Work) -> Done:
    """`tenant.mail_password`: after a reset that was to be mailed."""
    tenant = tenant_of(work)
    credential = Credential.objects.get(pk=work.params["credential"])
    return _mail(work, tenant, credential, "password")


def consent_link(work: Work) -> Done:
    """`delegation.mail_link`: by this link the customer's administrator accepts the provider."""
    delegation = delegation_of(work)
    with translation.override(delegation.language):
        _deliver(work, delegation.email, "consent", {"delegation": delegation})
    return Done()


def _mail(work: Work, tenant: Tenant, credential: Credential | None, template: str) -> Done:
    if credential is None or credential.secret is None:
        raise Refused(
            gettext_noop("The password is no longer kept. Reset it and have it mailed."),
            code="credential",
        )
    context: dict[str, object] = {
        "tenant": tenant,
        "login": credential.login,
        "password": credential.secret["password"],
        "microsoft_admin": MICROSOFT_ADMIN,
        "subscriptions": list(tenant.subscriptions.current()),
    }
    with translation.override(tenant.language):
        _deliver(work, tenant.email, template, context)
    return Done(write=lambda operation: _note(tenant, credential, operation))


def _deliver(work: Work, to: str, template: str, context: dict[str, object]) -> None:
    """In the language that is active; a repeat has the same Message-ID."""
    site_name = Site.current().shown_name
    context = {**context, "portal_url": settings.PORTAL_URL, "site_name": site_name}
    deliver(
        to=to,
        subject=_render(template, "subject.txt", context).strip(),
        text=_render(template, "txt", context),
        html=_render(template, "html", context),
        key=f"operation-{work.operation.pk}",
    )


def _render(template: str, kind: str, context: dict[str, object]) -> str:
    return render_to_string(f"tenants/mail/{template}.{kind}", context)


def _note(tenant: Tenant, credential: Credential, operation: Operation) -> None:
    credential.erase("mailed")
    services.record(tenant, "tenant.credentials_mailed", operation=operation, to=tenant.email)

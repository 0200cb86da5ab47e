"""How allauth meets the portal: who may sign up, in which language, how its mail leaves."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language

from accounts import invitations, services
from accounts.models import Site, User


class PortalAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Mail goes through the journal, so that a mail server that is away loses nothing."""

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """A person and what they came for: the account that invited them, or one of their own."""
        user = super().save_user(request, user, form, commit=False)
        user.language = (get_language() or "en")[:2]
        user.save()
        invitation = invitations.pending(request, email=user.email)
        if invitation is None:
            services.open_account(user=user, name=form.cleaned_data["company"])
        else:
            services.accept_invitation(invitation=invitation, user=user)
            # Who holds the link has read the mail at that address: no second one to confirm it.
            self.stash_verified_email(request, user.email)
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        site = _site()
        message = self.render_mail(template_prefix, email, {"email": email, **site, **context})
        page = {
            "text": message.body,
            "subject": message.subject,
            "portal_url": settings.PORTAL_URL,
            "site_name": site["current_site"]["name"],
        }
        services.post(
            to=email,
            subject=message.subject,
            text=message.body,
            html=render_to_string("notices/sign_in.html", page),
            by_label="sign-in",
        )


def _site() -> dict[str, Any]:
    """What allauth's mails call the site."""
    domain = urlsplit(settings.PORTAL_URL).netloc
    return {"current_site": {"name": Site.current().shown_name, "domain": domain}}

"""Those who are asked over the network. None of these reads our rows: they run in threads."""

import smtplib
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.utils.translation import gettext as _

from connections.remote import reach
from dnsconfig.resolver import ROOT_HINTS
from dnsconfig.resolver.wire import ask
from panel.doctor.findings import LIMIT, Finding, State, ok

SKEW = timedelta(seconds=30)
SMTP = "django.core.mail.backends.smtp.EmailBackend"
_SOON = LIMIT * 0.8
"""A little less than the limit, so that the answer says more than that there was none."""


def microsoft(alias: str) -> Finding:
    """Whether sign-in and Partner Center answer, and how far their clock is from ours."""
    seen = reach(alias, timeout=_SOON / 2)
    silent = [f"{one.address}: {one.problem}" for one in seen if one.problem]
    if silent:
        text = _("Microsoft cannot be reached.")
        to_do = _("Let the portal's machines reach these addresses; operations wait meanwhile.")
        return Finding(State.FAILED, text, to_do, tuple(silent))
    ahead = max((one.ahead for one in seen if one.ahead is not None), key=abs, default=None)
    if settings.SANDBOX_URL or ahead is None:
        return ok(_("Microsoft answers."), *(one.address for one in seen))
    facts = {"seconds": round(ahead.total_seconds())}
    if abs(ahead) > SKEW:
        text = _("Microsoft answers, but its clock is %(seconds)d seconds ahead of ours.") % facts
        return Finding(State.WARNING, text, _("Let this machine follow a time server."))
    return ok(_("Microsoft answers, and its clock agrees with ours."))


def mail_server() -> Finding:
    """Greets the SMTP server, and signs in where that is configured; sends nothing."""
    place = {"server": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"}
    if settings.EMAIL_BACKEND != SMTP:
        return Finding(State.UNKNOWN, _("Mail does not leave by SMTP: there is nobody to ask."))
    connect = partial(smtplib.SMTP_SSL if settings.EMAIL_USE_SSL else smtplib.SMTP, timeout=_SOON)
    try:
        with connect(settings.EMAIL_HOST, settings.EMAIL_PORT) as server:
            if settings.EMAIL_USE_TLS:
                server.starttls()
            if settings.EMAIL_HOST_USER:
                server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
            server.noop()
    except smtplib.SMTPAuthenticationError:
        text = _("The mail server %(server)s refuses the portal's name or password.") % place
        return Finding(State.FAILED, text, _("Correct EMAIL_URL."))
    except (smtplib.SMTPException, OSError) as error:
        text = _("The mail server %(server)s does not answer.") % place
        return Finding(State.FAILED, text, _("Correct EMAIL_URL."), (type(error).__name__,))
    return ok(_("The mail server %(server)s answers.") % place)


def dns_roots() -> Finding:
    """One root server that answers is enough."""
    addresses = (settings.DNS_ROOTS or ROOT_HINTS)[:3]
    told = {}
    for address in addresses:
        reply = ask(address, "", "NS", port=settings.DNS_PORT, timeout=_SOON / len(addresses))
        if not isinstance(reply, str):
            return ok(_("The root of the DNS answers."), address)
        told[address] = reply
    text = _("No root server of the DNS answers: domains can be neither checked nor verified.")
    to_do = _("Open port 53, UDP and TCP, towards the internet, or correct DNS_ROOTS.")
    return Finding(State.FAILED, text, to_do, tuple(f"{at}: {why}" for at, why in told.items()))

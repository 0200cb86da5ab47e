"""Hands mail to the SMTP server; at least once, with a stable Message-ID."""

import smtplib
from collections.abc import Mapping
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext_noop

from common.errors import Busy, Misconfigured, OutcomeUnknown, Refused
from journal.work import Done, Work


def send_mail(work: Work) -> Done:
    """`notice.mail`: params `to`, `subject`; secret `text` and perhaps `html`."""
    secret = work.operation.secret
    deliver(
        to=work.params["to"],
        subject=work.params["subject"],
        text=secret["text"],
        html=secret.get("html", ""),
        key=f"operation-{work.operation.pk}",
    )
    return Done()


def deliver(
    *,
    to: str,
    subject: str,
    text: str,
    key: str,
    html: str = "",
    headers: Mapping[str, str] | None = None,
) -> None:
    """Hand one mail to the SMTP server. `key` makes the Message-ID.

    Raises Refused (the address), Misconfigured (our own address or password), Busy (try later) or
    OutcomeUnknown (it may have been accepted).
    """
    message = _message(to=to, subject=subject, text=text, key=key, html=html)
    message.extra_headers.update(headers or {})
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        _raise_for(code, said)
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused) as error:
        _raise_misconfigured(error)
    except smtplib.SMTPResponseException as error:
        _raise_for(error.smtp_code, error.smtp_error)
    except smtplib.SMTPNotSupportedError as error:
        raise Refused(
            gettext_noop("The mail server does not know addresses like this one."), field="email"
        ) from error
    except (smtplib.SMTPServerDisconnected, TimeoutError) as error:
        raise OutcomeUnknown(gettext_noop("The mail server did not answer.")) from error
    except OSError as error:
        raise Busy(gettext_noop("The mail server cannot be reached.")) from error


def _message(*, to: str, subject: str, text: str, key: str, html: str) -> EmailMultiAlternatives:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{key}@{domain}>", "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(subject, text, None, [to], headers=headers)
    if html:
        message.attach_alternative(html, "text/html")
    return message


def _raise_for(code: int, said: bytes | str) -> None:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    if 500 <= code < 600:
        raise Refused(f"The mail server refused: {text}", code=str(code), field="email")
    raise Busy(f"The mail server asks to wait: {text}", code=str(code))


def _raise_misconfigured(error: smtplib.SMTPResponseException) -> None:
    """A password or sender that is refused is the operator's; 4xx passes by itself."""
    if error.smtp_code < 500:
        _raise_for(error.smtp_code, error.smtp_error)
    raise Misconfigured(
        gettext_noop("The mail server refuses this portal."), code=str(error.smtp_code)
    ) from error

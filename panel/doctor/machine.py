"""This machine and its settings."""

import shutil
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import clock
from panel.doctor.findings import Finding, State, ok

GIGABYTE = 2**30
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def disk() -> Finding:
    """Room where PORTAL_HOME is: static files, logs and, in one-machine mode, the engines."""
    home = settings.PORTAL_HOME
    place = next(path for path in (home, *home.parents) if path.exists())
    usage = shutil.disk_usage(place)
    share = usage.free / usage.total
    facts = {"free": f"{usage.free / GIGABYTE:.1f}", "percent": int(share * 100)}
    text = _("%(free)s GB (%(percent)d %%) are free where PORTAL_HOME is.") % facts
    if share < 0.02 or usage.free < GIGABYTE / 5:
        to_do = _("Make room at once: PostgreSQL stops when it is full.")
        return Finding(State.FAILED, text, to_do)
    if share < 0.1 and usage.free < 10 * GIGABYTE:
        return Finding(State.WARNING, text, _("Make room on this disk."))
    return ok(text)


def safety() -> Finding:
    """Settings that an installation open to the internet must have."""
    wrong = [text for is_wrong, text in _rules() if is_wrong]
    keys = len(settings.FIELD_ENCRYPTION_KEYS)
    told = ngettext("%(n)d encryption key.", "%(n)d encryption keys.", keys) % {"n": keys}
    if not wrong:
        return ok(_("The settings are safe."), told)
    is_bad = settings.DEBUG and not settings.SANDBOX_URL
    text = _("Some settings are not safe for an open installation.")
    to_do = _("Change them in the environment, then start the portal again.")
    return Finding(State.FAILED if is_bad else State.WARNING, text, to_do, (*wrong, told))


def _rules() -> list[tuple[bool, str]]:
    address = urlsplit(settings.PORTAL_URL)
    is_open = address.hostname not in LOOPBACK
    return [
        (settings.DEBUG, _("DEBUG is on: errors show the code and settings.")),
        ("*" in settings.ALLOWED_HOSTS, _("ALLOWED_HOSTS takes every name.")),
        (
            is_open and address.hostname not in settings.ALLOWED_HOSTS,
            _("ALLOWED_HOSTS lacks the host of PORTAL_URL."),
        ),
        (is_open and address.scheme != "https", _("PORTAL_URL is not https.")),
        (is_open and len(settings.SECRET_KEY) < 32, _("SECRET_KEY is short.")),
        (
            len(settings.FIELD_ENCRYPTION_KEYS) > 1,
            _("Old keys still decrypt: run manage.py rotate_keys, then drop them."),
        ),
    ]


def mode() -> Finding:
    """Whether what happens is real."""
    if not settings.SANDBOX_URL:
        return ok(_("Microsoft and the hosts of zones are the real ones."))
    text = _("Sandbox: Microsoft and OVH are played at %(url)s; nothing that happens is real.")
    ahead = clock.offset()
    told = _("Its clock is turned by %(days)d days.") % {"days": ahead.days} if ahead else ""
    return ok(text % {"url": settings.SANDBOX_URL}, *([told] if told else []))

"""Every mail there is, rendered from its templates with the rows of a world."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import now

from accounts.models import PartnerId
from connections.alerts import instruction_for
from connections.models import Connection
from dnsconfig.health.results import Health, Result
from dnsconfig.health.shown import Row
from journal.models import Operation
from orders.models import Order
from subscriptions.waiting.asked import APPROVAL, WaitingChange
from tenants.models import Delegation, DelegationState, Gdap, Qualification
from tests.people import People

FOLDERS = ("notices", "tenants/mail", "account/email")
FRAMES = {"mail", "base_message", "sign_in"}
OWN: dict[str, dict[str, Any]] = {"export_ready": {"rows": 3}}
"""What one mail means by a name that others use for something else."""
ADDRESS = "https://portal.example/"


def every_mail(people: People, language: str) -> dict[str, str]:
    """Subject, text and HTML of each, by the template's name."""
    context = _context(people)
    with translation.override(language):
        return {
            name: render_to_string(name, context | OWN.get(Path(name).name.split(".")[0], {}))
            for name in _templates()
        }


def _templates() -> list[str]:
    root = Path(settings.BASE_DIR, "templates")
    files = [path for folder in FOLDERS for path in sorted((root / folder).iterdir())]
    return [str(path.relative_to(root)) for path in files if path.stem not in FRAMES]


def _context(people: People) -> dict[str, Any]:
    """What the senders give, for all mails at once."""
    qualification = Qualification.objects.get()
    gdap = Gdap.objects.select_related("tenant").first()
    assert gdap is not None
    gdap.ends_at = now() + timedelta(days=20)
    delegation = Delegation.objects.get()
    delegation.state = DelegationState.STAFF
    partner = PartnerId.objects.get(account=people.northwind.account)
    partner.state, partner.code = "invalid", "600041"
    connection = Connection(alias="eu", refused_at=now(), refused_code="50173")
    waits = Operation.objects.filter(kind=APPROVAL).first()
    assert waits is not None
    failed = [Result("mx", Health.FAILED, "absent", {"wanted": "mx.example"})]
    return {
        "account": people.northwind.account,
        "address": ADDRESS,
        "at_microsoft": True,
        "by": "owner@northwind.example",
        "connection": connection,
        "current_site": {"name": "Reseller Portal", "domain": "portal.example"},
        "day": now().date(),
        "days": 7,
        "delegation": delegation,
        "domain": "contoso-bakery.example",
        "email": "owner@northwind.example",
        "gdap": gdap,
        "instruction": instruction_for("50173"),
        "invitation": people.northwind.account.invitations.first(),
        "groups": [],
        "row": SimpleNamespace(pk=1),
        "link": ADDRESS,
        "login": "admin@contoso.example",
        "number": 3,
        "order": Order.objects.first(),
        "partner": partner,
        "password": "0",
        "password_reset_url": ADDRESS,
        "activate_url": ADDRESS,
        "signup_url": ADDRESS,
        "person": people.user("owner"),
        "portal_url": ADDRESS,
        "qualification": qualification,
        "rows": [Row(one) for one in failed],
        "subscriptions": list(gdap.tenant.subscriptions.all()),
        "tenant": gdap.tenant,
        "tenants": [gdap.tenant],
        "waiting": WaitingChange(waits),
        "user": SimpleNamespace(email="owner@northwind.example"),
    }

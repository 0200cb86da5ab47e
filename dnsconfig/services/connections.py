"""Keys to hosts of zones, and what they open."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import Account
from common.refusals import Impossible
from dnsconfig.models import ZoneConnection
from dnsconfig.providers import backend
from journal import services as journal
from journal.models import OPEN, Operation
from journal.people import By


@transaction.atomic
def add_connection(
    *, account: Account, provider: str, label: str, keys: Mapping[str, str], by: By
) -> ZoneConnection:
    """Keep the keys of an account at a DNS host, and list the zones that they open."""
    if provider not in settings.ZONE_PROVIDERS or not backend(provider).keys_asked:
        raise Impossible(_("This DNS host is not known here."), field="provider")
    if account.zone_connections.filter(label=label).exists():
        raise Impossible(_("This name is used already."), field="label")
    wanted = _keys(provider, keys)
    connection = ZoneConnection.objects.create(
        account=account, provider=provider, label=label, keys=wanted
    )
    _record(connection, "zoneconnection.added", by)
    refresh_zones(connection=connection, by=by)
    return connection


@transaction.atomic
def replace_keys(*, connection: ZoneConnection, keys: Mapping[str, str], by: By) -> Operation:
    """New keys for the same zones; a secret that is left empty stays. Raises Impossible."""
    kept = connection.keys or {}
    given = {name: value for name, value in keys.items() if value}
    connection.keys = _keys(connection.provider, {**kept, **given})
    connection.save(update_fields=["keys"])
    _record(connection, "zoneconnection.keys_replaced", by)
    return refresh_zones(connection=connection, by=by)


def _keys(provider: str, keys: Mapping[str, str]) -> dict[str, str]:
    asked = backend(provider).keys_asked
    for key in asked:
        if key.is_required and not keys.get(key.name):
            raise Impossible(_("Enter this key."), field=key.name)
    return {key.name: keys.get(key.name, "").strip() for key in asked}


@transaction.atomic
def refresh_zones(*, connection: ZoneConnection, by: By) -> Operation:
    """List the zones again; the same listing while one is under way."""
    waiting = Operation.objects.filter(subject=connection.key, state__in=OPEN).first()
    return waiting or journal.ask(
        kind="dns.list_zones",
        account_id=connection.account_id,
        subject=connection.key,
        params={"connection": connection.pk},
        by=by,
    )


@transaction.atomic
def remove_connection(*, connection: ZoneConnection, by: By) -> None:
    """Forget the keys. Raises Impossible while a domain was configured through them."""
    _record(connection, "zoneconnection.removed", by)
    try:
        connection.delete()
    except ProtectedError as error:
        raise Impossible(_("Domains were configured with these keys.")) from error


def _record(connection: ZoneConnection, kind: str, by: By) -> None:
    journal.record(
        kind=kind,
        account_id=connection.account_id,
        subject=connection.key,
        data={"label": connection.label, "provider": connection.provider},
        by=by,
    )

"""What holds for the whole portal."""

from typing import Any

from django.db import transaction

from accounts.models import Site
from journal import services as journal
from journal.people import By


@transaction.atomic
def change_site(*, facts: dict[str, Any], by: By) -> Site:
    """Keep what the operator has chosen; `facts` are valid values of columns."""
    site = Site.objects.select_for_update().filter(pk=1).first() or Site(pk=1)
    changed = {name: value for name, value in facts.items() if getattr(site, name) != value}
    for name, value in changed.items():
        setattr(site, name, value)
    site.save()
    if changed:
        journal.record(
            kind="site.changed", account_id=None, subject="site:1", data={"after": changed}, by=by
        )
    return site

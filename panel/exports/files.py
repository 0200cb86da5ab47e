"""Use cases of files: ask for one, take it, erase it after its day."""

import gzip
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.http import Http404
from django.utils.timezone import now

from accounts.access import Actor
from journal import services as journal
from panel.exports.models import ExportFile

REMEMBERED: Final = timedelta(days=30)
"""So long its page says that it has expired."""
PIECE: Final = 256 * 1024


@transaction.atomic
def ask_for_file(*, actor: Actor, listing: str, kind: str, query: str) -> ExportFile:
    """Have a file made in the background; its author is told by mail."""
    made = ExportFile.objects.create(
        account=actor.account, user=actor.user, list=listing, format=kind, query=query
    )
    journal.ask(
        kind="export.make",
        account_id=actor.account.pk,
        subject=made.key,
        params={"file": made.pk},
        by=actor.by,
    )
    return made


def file_for(actor: Actor, pk: int) -> ExportFile:
    """Raises Http404 for everybody but its author: it holds what the author may see."""
    mine = ExportFile.objects.filter(account=actor.account, user=actor.user, pk=pk)
    found = mine.defer("content").first()
    if found is None:
        raise Http404
    return found


@transaction.atomic
def take(*, actor: Actor, file: ExportFile) -> Iterator[bytes]:
    """The file in pieces; noted. Raises Http404 when it is not there (any more)."""
    if file.content is None or file.has_expired(now()):
        raise Http404
    facts = {"list": file.list, "format": file.format, "rows": file.rows, "digest": file.digest}
    journal.record(
        kind="export.downloaded",
        account_id=file.account_id,
        subject=file.key,
        data=facts,
        by=actor.by,
    )
    return _pieces(bytes(file.content))


def forget_expired() -> int:
    """Erase what is in them; returns of how many. Their rows go a month later."""
    ExportFile.objects.filter(created_at__lt=now() - REMEMBERED).delete()
    ended = ExportFile.objects.filter(expires_at__lte=now(), content__isnull=False)
    return ended.update(content=None)


def _pieces(packed: bytes) -> Iterator[bytes]:
    with gzip.open(io.BytesIO(packed)) as file:
        while piece := file.read(PIECE):
            yield piece

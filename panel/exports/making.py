"""Makes the file of a list: the same rows and columns as its author sees."""

import gzip
import hashlib
import io

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from accounts.access import actor_in
from accounts.services.mail import post_notice
from common.errors import Refused
from journal import services as journal
from journal.models import Operation
from journal.work import Done, Work
from panel.exports.models import ExportFile
from panel.lists.lists import LISTS, WRITERS, rows_asked

NO_RIGHTS = gettext_noop("Whoever asked for the file may no longer see this list.")


def make(work: Work) -> Done:
    """Raises Refused when its author has lost the right to see the list."""
    file = ExportFile.objects.select_related("user", "account").get(pk=work.params["file"])
    zone = file.account.time_zone
    with translation.override(file.user.language), timezone.override(zone):
        packed, digest, rows = _packed(file)

    def write(operation: Operation) -> None:
        if file.keep(content=packed, digest=digest, rows=rows):
            _tell(file, rows, operation)

    return Done(result={"rows": rows}, write=write)


def _packed(file: ExportFile) -> tuple[bytes, str, int]:
    actor = actor_in(file.user, file.account)
    if actor is None:
        raise Refused(NO_RIGHTS)
    try:
        shown = LISTS[file.list].seen_by(actor)
    except PermissionDenied as error:
        raise Refused(NO_RIGHTS) from error
    rows = rows_asked(actor, shown, QueryDict(file.query))
    out, digest = io.BytesIO(), hashlib.sha256()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as packer:
        for piece in WRITERS[file.format][0](rows, shown.columns):
            packer.write(piece.encode())
            digest.update(piece.encode())
    return out.getvalue(), digest.hexdigest(), rows.count()


def _tell(file: ExportFile, rows: int, operation: Operation) -> None:
    by = file.user.by
    facts = {"list": file.list, "format": file.format, "query": file.query, "rows": rows}
    journal.record(
        kind="list.exported",
        account_id=file.account_id,
        subject=file.key,
        data=facts,
        by=by,
        operation=operation,
    )
    post_notice(
        to=file.user.email,
        template="export_ready",
        language=file.user.language,
        context={"title": LISTS[file.list].title, "rows": rows, "link": _link(file)},
        by=by,
        account_id=file.account_id,
    )


def _link(file: ExportFile) -> str:
    return f"{settings.PORTAL_URL}{file.get_absolute_url()}"

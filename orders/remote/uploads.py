"""Rows of a file: checked as the order form would be, then ordered; each by itself."""

from functools import partial

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.access import Actor, actor_in
from common.refusals import Impossible
from journal.models import Operation
from journal.work import Done, Work
from orders.models import Order, UploadRow
from orders.remote import checks
from orders.remote.look import look
from orders.services import order_platform, uploads
from orders.sheet_form import Errors, SheetForm, column_of


def check(work: Work) -> Done:
    """`upload.check`: the form's own rules, then Microsoft, the DNS and ours."""
    row = _row(work)
    with translation.override(row.upload.user.language):
        typed, errors = _checked(row)
    if errors:
        return Done({"bad": len(errors)}, partial(_keep_bad, row, errors))
    return Done(write=lambda _op: uploads.found_good(row=row, typed=typed))


def order(work: Work) -> Done:
    """`upload.order`: one order, or the reason why there is none."""
    row = _row(work)
    with translation.override(row.upload.user.language):
        try:
            placed = _placed(row)
        except Impossible as error:
            return Done(write=partial(_keep_bad, row, _pairs(error)))
    return Done({"order": placed.pk}, lambda _op: uploads.ordered(row=row, order=placed))


def _checked(row: UploadRow) -> tuple[dict[str, str], Errors]:
    actor = _actor(row)
    if actor is None:
        return {}, [("", _("Who uploaded this file may no longer order."))]
    sheet = SheetForm(actor, checks.agreement(actor.account.region))
    typed, errors = sheet.typed(row)
    form = sheet.form(typed)
    if not form.is_valid():
        told = form.errors.items()
        known = bool(errors)  # then "choose a licence" says nothing new
        errors += [(column_of(f), str(t[0])) for f, t in told if f != NON_FIELD_ERRORS or not known]
    if errors:
        return typed, errors
    if not typed["subdomain"]:
        typed |= {"own_subdomain": "on", "subdomain": _free_prefix(row, form.contact().company)}
    wish = form.wish(typed["subdomain"])
    found = look(actor=actor, wish=wish)
    return typed, [(column_of(name), text) for name, text in found.items()]


def _placed(row: UploadRow) -> Order:
    """Raises Impossible."""
    actor = _actor(row)
    if actor is None:
        raise Impossible(_("Who uploaded this file may no longer order."))
    sheet = SheetForm(actor, checks.agreement(actor.account.region))
    form = sheet.form(row.typed)
    if not form.is_valid():
        errors = {name: str(texts[0]) for name, texts in form.errors.items()}
        raise Impossible.several(errors)
    return order_platform(actor=actor, wish=form.wish(row.typed["subdomain"]))


def _free_prefix(row: UploadRow, company: str) -> str:
    """One that no other row of the file was given."""
    taken = {(other.typed or {}).get("subdomain") for other in row.upload.rows.exclude(pk=row.pk)}
    prefix = checks.free_prefix(row.upload.account.region, company)
    return f"{prefix[:22]}{row.number}" if prefix in taken else prefix


def _row(work: Work) -> UploadRow:
    rows = UploadRow.objects.select_related("upload__account", "upload__user")
    return rows.get(pk=work.params["row"])


def _actor(row: UploadRow) -> Actor | None:
    """Who uploaded it, as of now; None for one who may not order any more."""
    actor = actor_in(row.upload.user, row.upload.account)
    return actor if actor is not None and actor.may_create else None


def _pairs(error: Impossible) -> Errors:
    return [(column_of(field), texts[0]) for field, texts in error.errors.items()]


def _keep_bad(row: UploadRow, errors: Errors, _operation: Operation) -> None:
    uploads.found_bad(row=row, errors=errors)

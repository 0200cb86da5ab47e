"""The logo of an account, which heads its reports."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Account, Logo
from accounts.pictures import NotAPicture, Picture, picture_of
from accounts.services.account import record
from common.refusals import Impossible
from journal.people import By

LARGEST: Final = 200_000
"""Bytes."""
WIDEST: Final = 2000
"""Pixels, in both directions."""


@transaction.atomic
def keep_logo(*, account: Account, content: bytes, by: By) -> Logo:
    """Instead of the one before. Raises Impossible for what is no PNG or JPEG, or too large."""
    picture = _understood(content)
    logo, _new = Logo.objects.update_or_create(
        account=account,
        defaults={
            "content": content,
            "content_type": picture.content_type,
            "width": picture.width,
            "height": picture.height,
        },
    )
    record(account, "account.logo_changed", by, width=picture.width, height=picture.height)
    return logo


@transaction.atomic
def remove_logo(*, account: Account, by: By) -> bool:
    """False when there was none."""
    gone, _each = Logo.objects.filter(account=account).delete()
    if gone:
        record(account, "account.logo_removed", by)
    return bool(gone)


def _understood(content: bytes) -> Picture:
    if len(content) > LARGEST:
        raise Impossible(_("The file is larger than 200 kB."), field="logo")
    try:
        picture = picture_of(content)
    except NotAPicture:
        text = _("This is not a PNG or JPEG picture, whatever its name says.")
        raise Impossible(text, field="logo") from None
    if max(picture.width, picture.height) > WIDEST:
        text = _("The picture is larger than 2000 pixels in one direction.")
        raise Impossible(text, field="logo")
    return picture

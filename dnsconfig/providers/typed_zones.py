"""Zones that a person names, because their host does not list them."""

import re

from django.utils.translation import gettext_noop

from common.errors import Refused
from dnsconfig.names import BadName, to_ascii
from dnsconfig.records import plain_name

BAD_ZONES = gettext_noop("Enter the names of the zones, separated by blanks.")


def typed_zones(text: str) -> list[str]:
    """In A-labels, each once. Raises Refused (`code` zones) for what is no name."""
    try:
        found = [to_ascii(plain_name(part)) for part in re.split(r"[\s,;]+", text) if part]
    except BadName as error:
        raise _refused(str(error)) from error
    if not found:
        raise _refused(text)
    return list(dict.fromkeys(found))


def _refused(detail: str) -> Refused:
    error = Refused(BAD_ZONES, code="zones")
    error.detail = detail
    return error

"""Which form field a refusal belongs beside, where Microsoft tells."""

import re
from typing import Final

_BY_PROPERTY: Final = {
    "state": "state",
    "region": "state",
    "postal": "postal_code",
    "zip": "postal_code",
    "city": "city",
    "phone": "phone",
    "email": "email",
    "domain": "domain",
    "address": "address",
    "company": "company_name",
    "firstname": "first_name",
    "lastname": "last_name",
}
_PROPERTY = re.compile(r"property_name:\s*(\w+)", re.IGNORECASE)


def field_of(path: str, data: tuple[str, ...]) -> str:
    """`mpn_id`, `state`, `city`, ...; empty when neither question nor answer tells.

    27002 names the property inside its data: `property_name:  StateInvalid - Details`.
    """
    if "mpnid=" in path.lower():  # 2000 and 2001 mean other things elsewhere
        return "mpn_id"
    for item in data:
        named = _PROPERTY.search(item)
        if named:
            return _of_property(named[1].lower())
    return ""


def _of_property(name: str) -> str:
    return next((field for part, field in _BY_PROPERTY.items() if part in name), "")

"""Which form field a refusal belongs beside, where Microsoft's code tells."""

import re
from typing import Final

_BY_CODE: Final = {
    "mpn_id": "2072 2200 2201 2203 2204 2205 2206 3000 800015 800016 800039 900123 "
    "900149 900154 900203 900206 900400 900414",
    "quantity": "2002 10015 800067 800088 800090 800091 900214 900257 900275",
    "registration_number": "600002 600049 600050",
    "phone": "600051",
    "address": "2007 60071",
}
_FIELDS: Final = {code: field for field, codes in _BY_CODE.items() for code in codes.split()}

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


def field_of(path: str, code: str, data: tuple[str, ...]) -> str:
    """`mpn_id`, `quantity`, `state`, ...; empty when neither question nor code tells.

    27002 names the property inside its data: `property_name:  StateInvalid - Details`.
    """
    if "mpnid=" in path.lower():  # 2000 and 2001 mean other things elsewhere
        return "mpn_id"
    for item in data:
        named = _PROPERTY.search(item)
        if named:
            return _of_property(named[1].lower())
    return _FIELDS.get(code, "")


def _of_property(name: str) -> str:
    return next((field for part, field in _BY_PROPERTY.items() if part in name), "")

"""Before a tenant can buy: identity, address, agreement, approval, partner."""

from typing import Final

from django.utils.translation import gettext_noop

from partnercenter.causes.cause import Cause, Family

CUSTOMERS: Final = (
    Cause(
        family=Family.DATA,
        codes="27002 2007",
        field="address",
        text=gettext_noop("Microsoft does not accept this address. Correct it."),
    ),
    Cause(
        family=Family.DATA,
        codes="600049",
        field="registration_number",
        text=gettext_noop("The company's registration number is mandatory in this country."),
    ),
    Cause(
        family=Family.DATA,
        codes="600050",
        field="registration_number",
        text=gettext_noop("The company's registration number is not in this country's format."),
    ),
    Cause(
        family=Family.DATA,
        codes="600002",
        field="registration_number",
        text=gettext_noop("In this country Microsoft takes no registration number."),
    ),
    Cause(
        family=Family.DATA,
        codes="600051",
        field="phone",
        text=gettext_noop("The customer's phone number is mandatory in this country."),
    ),
    Cause(
        family=Family.DATA,
        codes="1409",
        field="domain",
        text=gettext_noop("This sub-domain is taken at Microsoft. Choose another one."),
    ),
    Cause(
        family=Family.DATA,
        codes="13605",
        text=gettext_noop(
            "The Microsoft Customer Agreement in force has not been accepted for this customer."
        ),
    ),
    Cause(
        family=Family.DONE,
        codes="600061",
        text=gettext_noop("The customer's agreement has been recorded already."),
    ),
    Cause(
        family=Family.DATA,
        codes="800073 800074",
        text=gettext_noop("Microsoft is still reviewing this customer. It may take some days."),
    ),
    Cause(
        family=Family.DATA,
        codes="800075 900416 800069",
        text=gettext_noop(
            "Microsoft does not let this customer buy. The customer asks Microsoft's support why."
        ),
    ),
    Cause(
        family=Family.MISSING,
        codes="600074",
        text=gettext_noop("Microsoft has not begun to review this customer yet."),
    ),
    Cause(
        family=Family.DATA,
        codes="20002",
        text=gettext_noop("The customer is not in a relationship with this provider (any more)."),
    ),
    Cause(
        family=Family.MISSING,
        codes="60003 900118",
        text=gettext_noop("Microsoft does not know this customer (any more)."),
    ),
    Cause(
        family=Family.DATA,
        codes="2200 800015 2072 2071",
        field="mpn_id",
        text=gettext_noop("Microsoft knows no partner with this MPN ID."),
    ),
    Cause(
        family=Family.MISSING,
        codes="3000",
        where="/profiles/mpn",
        field="mpn_id",
        text=gettext_noop("Microsoft knows no partner with this MPN ID."),
    ),
    Cause(
        family=Family.DATA,
        codes="2000 2001",
        where="/agreementstatus",
        field="mpn_id",
        text=gettext_noop("An MPN ID consists of digits only."),
    ),
    Cause(
        family=Family.DATA,
        codes="2204 2205 800016 900154 900400 900149",
        field="mpn_id",
        text=gettext_noop("This MPN ID has no indirect reseller account in the CSP programme."),
    ),
    Cause(
        family=Family.DATA,
        codes="2201",
        field="mpn_id",
        text=gettext_noop("This MPN ID belongs to another CSP region."),
    ),
    Cause(
        family=Family.DATA,
        codes="2203 2206 900123",
        field="mpn_id",
        text=gettext_noop("The reseller has not signed the Microsoft Partner Agreement."),
    ),
    Cause(
        family=Family.DATA,
        codes="900414 800039",
        field="mpn_id",
        text=gettext_noop("Microsoft does not accept this MPN ID as partner of record."),
    ),
    Cause(
        family=Family.DATA,
        codes="60012",
        text=gettext_noop("No licence is free. Buy more, or take one from another user."),
    ),
    Cause(
        family=Family.MISSING,
        codes="60002",
        text=gettext_noop("Microsoft does not know this user (any more)."),
    ),
)

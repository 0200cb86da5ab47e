"""Catalogue, cart, checkout and orders."""

from typing import Final

from django.utils.translation import gettext_noop

from partnercenter.causes.cause import Cause, Family

ORDERS: Final = (
    Cause(
        family=Family.MISSING,
        codes="400013 400018 400019 800004 900142 900143 900144 10001",
        field="lines",
        text=gettext_noop("Microsoft no longer sells this licence under this number. Try again."),
    ),
    Cause(
        family=Family.DATA,
        codes="400030 400036 2006 2085 2091 800070 800086 400072 800020 800028 10006",
        field="lines",
        text=gettext_noop("Microsoft does not sell this licence to this customer."),
    ),
    Cause(
        family=Family.DATA,
        codes="400041 800029 27009",
        field="lines",
        text=gettext_noop("This add-on needs an active base subscription."),
    ),
    Cause(
        family=Family.DATA,
        codes="2002 900275 800067 800088 10015 10018 10019 800017",
        field="quantity",
        text=gettext_noop("Microsoft does not sell this number of licences."),
    ),
    Cause(
        family=Family.DATA,
        codes="800066 800089 27006 900419 10002",
        field="lines",
        text=gettext_noop("This customer has as many of these subscriptions as Microsoft allows."),
    ),
    Cause(
        family=Family.DATA,
        codes="2004 900269 900270 10013 800084 4018",
        field="billing_cycle",
        text=gettext_noop("This licence is not sold with this term and billing."),
    ),
    Cause(
        family=Family.DATA,
        codes="900242 900244 900245 900246 10016 10017",
        field="custom_term_end_date",
        text=gettext_noop("This end date fits none of the customer's subscriptions or months."),
    ),
    Cause(
        family=Family.DATA,
        codes="27007 10014",
        field="promotion",
        text=gettext_noop("This promotion does not apply here."),
    ),
    Cause(
        family=Family.DATA,
        codes="900203 900206 10012",
        field="lines",
        text=gettext_noop("A declaration that Microsoft asks for has not been made."),
    ),
    Cause(
        family=Family.DATA,
        codes="900169 10000",
        field="lines",
        text=gettext_noop("Microsoft does not sell to this customer in this currency."),
    ),
    Cause(
        family=Family.DATA,
        codes="800009 800071 800087 800010 10003 10010",
        field="lines",
        text=gettext_noop("Microsoft refuses a line of the order."),
    ),
    Cause(
        family=Family.BUSY,
        codes="800014 800060 800064",
        text=gettext_noop("Microsoft is still carrying out this order."),
    ),
    Cause(
        family=Family.DONE,
        codes="800065",
        text=gettext_noop("This order has been placed already."),
    ),
    Cause(
        family=Family.MISSING,
        codes="800008 20000 800007",
        text=gettext_noop("Microsoft does not know this cart or order (any more)."),
    ),
    Cause(
        family=Family.DATA,
        codes="800061 800063 800077",
        text=gettext_noop("This order cannot be cancelled."),
    ),
    Cause(
        family=Family.OPERATOR,
        codes="800018 10009 900322 900127 800019",
        text=gettext_noop("Microsoft's integration sandbox does not allow this."),
    ),
    Cause(
        family=Family.OPERATOR,
        codes="800023 800025 900121",
        text=gettext_noop("The provider's credit limit at Microsoft is used up."),
    ),
    Cause(
        family=Family.OPERATOR,
        codes="800022 800024 800026 800062 800042 800031 900141 900252 900253 900254",
        text=gettext_noop("Microsoft does not allow the provider this transaction."),
    ),
    Cause(
        family=Family.UNKNOWN,
        codes="800005",
        text=gettext_noop("Microsoft could not complete the order."),
    ),
)

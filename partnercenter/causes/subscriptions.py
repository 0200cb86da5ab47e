"""Changes of subscriptions."""

from typing import Final

from django.utils.translation import gettext_noop

from partnercenter.causes.cause import Cause, Family

SUBSCRIPTIONS: Final = (
    Cause(
        family=Family.DATA,
        codes="800090 900214 900257",
        field="quantity",
        text=gettext_noop(
            "The window for giving these licences back is closed. Reduce them at the renewal."
        ),
    ),
    Cause(
        family=Family.DATA,
        codes="900117 900213",
        text=gettext_noop(
            "The window for cancelling is closed. The subscription can end with its term."
        ),
    ),
    Cause(
        family=Family.DATA,
        codes="2001 800091 800012",
        text=gettext_noop("The subscription is suspended. Reactivate it first."),
    ),
    Cause(
        family=Family.DATA,
        codes="2011 900277 900279 900280",
        text=gettext_noop("The subscription has ended and cannot be changed any more."),
    ),
    Cause(
        family=Family.DATA,
        codes="900311",
        text=gettext_noop("This subscription has been changed as often as Microsoft allows."),
    ),
    Cause(
        family=Family.BUSY,
        codes="800082 900278 800072 800081",
        text=gettext_noop("Microsoft is still carrying out an earlier change."),
    ),
    Cause(
        family=Family.DATA,
        codes="2054 800085 800097 800121 800122 6000 6001 900267 900268",
        field="billing_cycle",
        text=gettext_noop("This term or billing cannot be chosen in the middle of the term."),
    ),
    Cause(
        family=Family.DATA,
        codes="900236 900258 900259 900260 900261",
        field="target",
        text=gettext_noop("The subscription cannot be upgraded to this one."),
    ),
    Cause(
        family=Family.DATA,
        codes="800107",
        text=gettext_noop("A trial cannot be changed before its end."),
    ),
    Cause(
        family=Family.DATA,
        codes="800098",
        field="mpn_id",
        text=gettext_noop("The MPN ID of this subscription can change at the renewal only."),
    ),
    Cause(
        family=Family.DATA,
        codes="800093",
        text=gettext_noop("Microsoft does not renew this subscription automatically."),
    ),
    Cause(
        family=Family.DATA,
        codes="2006 800027 800040 800041 800092 800095 800096 900263",
        where="/subscriptions",
        text=gettext_noop("Microsoft does not allow this change of this subscription."),
    ),
    Cause(
        family=Family.DATA,
        codes="800027 800040 800041 800092 800095 800096 900263",
        text=gettext_noop("Microsoft does not allow this change of this subscription."),
    ),
    Cause(
        family=Family.MISSING,
        codes="20003 800021 800037 800038 800076 2012",
        text=gettext_noop("Microsoft does not know this subscription (any more)."),
    ),
    Cause(
        family=Family.DATA,
        codes="2055 800036",
        text=gettext_noop("Somebody else has changed it meanwhile. Look again, then repeat."),
    ),
    Cause(
        family=Family.UNKNOWN,
        codes="800094 800083",
        text=gettext_noop("Microsoft could not complete the change."),
    ),
)

"""What each of Microsoft's error codes means: who acts next, where it is shown, in our words.

Sources: learn.microsoft.com/partner-center/developer/error-codes, and codes seen by its users.
A code that is in no cause keeps Microsoft's own text and is the reseller's to read.
"""

from functools import cache

from partnercenter.causes.cause import Cause, Family
from partnercenter.causes.customers import CUSTOMERS
from partnercenter.causes.orders import ORDERS
from partnercenter.causes.others import OTHERS
from partnercenter.causes.subscriptions import SUBSCRIPTIONS

__all__ = ["ALL", "Cause", "Family", "cause_of"]

ALL = (*CUSTOMERS, *ORDERS, *SUBSCRIPTIONS, *OTHERS)


@cache
def _by_code() -> dict[str, list[Cause]]:
    found: dict[str, list[Cause]] = {}
    for cause in ALL:
        for code in cause.codes.split():
            found.setdefault(code, []).append(cause)
    return found


def cause_of(code: str, path: str = "") -> Cause | None:
    """The cause of a code on a call; one bound to other paths does not count."""
    fitting = [cause for cause in _by_code().get(code, ()) if cause.where in path]
    return max(fitting, key=lambda cause: len(cause.where), default=None)

"""Writes about the end of a term.

Of `scheduledActions` and `scheduledNextTermInstructions` Microsoft reads only the first when both
are sent. So each change here leaves exactly one of them in the resource.
"""

from partnercenter.request import Request
from partnercenter.requests.subscriptions import Resource, patch
from partnercenter.types import NextTerm, Renewal
from partnercenter.types.renewals import AT_TERM_END, TERM_END

_ACTIONS = "scheduledActions"
_NEXT_TERM = "scheduledNextTermInstructions"


def choose_renewal(*, customer_id: str, resource: Resource, choice: Renewal) -> Request:
    """What happens at the end of the term, said explicitly: `renew`, `cancel` or `extend`.

    A bare `autoRenewEnabled: false` would be turned into the extended service term. Changes
    scheduled for the renewal go on with `renew` and end with the other two.
    """
    action: Resource = {"scheduleType": TERM_END, "actionType": AT_TERM_END[choice]}
    following = resource.get(_NEXT_TERM)
    if following and choice == "renew":
        action["instructions"] = following
    change = {"autoRenewEnabled": choice == "renew", _ACTIONS: [action]}
    return patch(customer_id, _without(resource, _NEXT_TERM), change)


def schedule_next_term(*, customer_id: str, resource: Resource, next_term: NextTerm) -> Request:
    """Renews at the end of the term into what `next_term` says, instead of what was scheduled."""
    change = {"autoRenewEnabled": True, _NEXT_TERM: next_term.written()}
    return patch(customer_id, _without(resource, _ACTIONS), change)


def clear_schedule(*, customer_id: str, resource: Resource) -> Request:
    """Forgets what was scheduled for the renewal; the choice for the term's end stays."""
    bare = [
        {name: value for name, value in action.items() if name != "instructions"}
        for action in resource.get(_ACTIONS) or ()
        if action.get("actionType") in AT_TERM_END.values()
    ]
    return patch(
        customer_id, _without(resource, _NEXT_TERM, _ACTIONS), {_ACTIONS: bare} if bare else {}
    )


def _without(resource: Resource, *names: str) -> Resource:
    return {name: value for name, value in resource.items() if name not in names}

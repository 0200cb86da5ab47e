"""What is offered beside each list: at most two deeds."""

from panel.bulk.action import Action
from panel.bulk.on_operations import CANCEL, RETRY
from panel.bulk.on_services import CHECK
from panel.bulk.on_subscriptions import END, SEATS

ACTIONS: dict[str, dict[str, Action]] = {
    "subscriptions": {"end": END, "seats": SEATS},
    "services": {"check": CHECK},
    "operations": {"retry": RETRY, "cancel": CANCEL},
}
EXPORTED = "services"
"""Of this list the chosen rows can be taken as a file."""

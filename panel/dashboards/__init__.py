"""How the whole portal does, over all accounts: the boards on the admin's index."""

from collections.abc import Callable

from accounts.models import User
from panel.dashboards import business, work
from panel.dashboards.board import Board

BOARDS: list[tuple[str, Callable[[], Board]]] = [
    ("orders.view_order", business.orders_per_day),
    ("journal.view_operation", work.operations),
    ("journal.view_operation", work.errors_per_system),
    ("journal.view_operation", work.mails),
    ("accounts.view_account", business.accounts),
    ("accounts.view_partnerid", business.partner_ids),
    ("subscriptions.view_subscription", business.value),
    ("sync.view_sweep", work.sweeps),
]


def boards_for(user: User) -> list[Board]:
    """Only what this member of staff may look at. One or two queries each."""
    return [find() for permission, find in BOARDS if user.has_perm(permission)]

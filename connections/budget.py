"""The calls of all workers to Microsoft: `BUDGET` of a `PARTNER_CENTER` entry."""

from typing import Any

from django.conf import settings

from common import budget


class SharedBudget(budget.SharedBudget):
    """`partnercenter.budget.Budget` of one region."""

    def __init__(self, alias: str, _options: dict[str, Any]) -> None:
        super().__init__(f"microsoft:{alias}", settings.MICROSOFT_CALLS_PER_MINUTE)

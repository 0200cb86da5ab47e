"""Rules as data, seats as counted, statements as frozen."""

from cashback.models.counts import SeatCount
from cashback.models.rules import Rule
from cashback.models.statements import Line, Statement

__all__ = ["Line", "Rule", "SeatCount", "Statement"]

"""Orders with their lines, and what is typed of an order that is not placed yet."""

from orders.models.draft import Draft
from orders.models.order import APPROVAL, Approval, Order, OrderKind, OrderLine
from orders.models.upload import RowState, Upload, UploadRow

__all__ = [
    "APPROVAL",
    "Approval",
    "Draft",
    "Order",
    "OrderKind",
    "OrderLine",
    "RowState",
    "Upload",
    "UploadRow",
]

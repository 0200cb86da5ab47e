"""Pages of orders."""

from orders.views.again import again_order, again_service
from orders.views.drafts import forget, keep
from orders.views.more import more
from orders.views.order import accept_prices, correct, decide, order
from orders.views.platform import check, new
from orders.views.uploads import failed, template, upload, uploads

__all__ = [
    "accept_prices",
    "again_order",
    "again_service",
    "check",
    "correct",
    "decide",
    "failed",
    "forget",
    "keep",
    "more",
    "new",
    "order",
    "template",
    "upload",
    "uploads",
]

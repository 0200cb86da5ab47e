"""Pages of orders."""

from orders.views.drafts import forget, keep
from orders.views.more import more
from orders.views.order import accept_prices, correct, decide, order
from orders.views.platform import check, new

__all__ = ["accept_prices", "check", "correct", "decide", "forget", "keep", "more", "new", "order"]

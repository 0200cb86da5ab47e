"""The same services and subscriptions as the lists show."""

from tests.panel.lists.conftest import shop

__all__ = ["shop"]

"""The reseller of the lists' tests."""

from tests.panel.lists.conftest import shop

__all__ = ["shop"]

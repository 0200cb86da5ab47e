"""What a scene is, and what several of them name."""

from collections.abc import Callable
from typing import Any

from tests.exchanges.examples import Exchange
from tests.exchanges.stage import Stage
from tests.sandbox.caller import BASIC

Scene = Callable[[Stage, Exchange], Any]
PRODUCT, SKU = BASIC.split(":")
PRODUCTS = f"/v1/products/{PRODUCT}"
WITH_TEAMS = "CFQ7TTC0LDPB:0001"  # a base of the add-on
REGISTRATION = "/webhooks/v1/registration"
HOOK = {"WebhookUrl": "http://127.0.0.1:9/hook", "WebhookEvents": ["test-created"]}
LATER = "P8D"

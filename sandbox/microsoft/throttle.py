"""How many calls a minute Partner Center takes, of real time.

500 for each of three resources; counted per partner tenant, and per partner and customer tenant.
Refused calls count too: who hammers stays outside.
"""

from __future__ import annotations

import math
import re
import time
from typing import TYPE_CHECKING

from sandbox.microsoft.refusal import Refusal

if TYPE_CHECKING:
    from werkzeug import Request

    from sandbox.world import World

RESOURCES = (
    ("Order", re.compile(r"/v1/customers/([^/]+)/(?:orders|carts)(?:/|$)")),
    ("Subscription", re.compile(r"/v1/customers/([^/]+)/subscriptions(?:/|$)")),
    ("Customer", re.compile(r"/v1/customers/([^/]+)/?$")),
)


def check(request: Request, world: World) -> None:
    """Count a call.

    Raises:
        Refusal: 429 with `Retry-After`, once a limit is reached.
    """
    for resource, pattern in RESOURCES:
        match = pattern.match(request.path)
        if match and match[1] != "relationshiprequests":
            limits, now = world.limits, time.monotonic()
            waits = (
                limits.wait(resource, limits.per_minute, now),
                limits.wait(f"{resource} {match[1].lower()}", limits.per_customer, now),
            )
            if max(waits) > 0:
                raise too_fast(math.ceil(max(waits)))
            return


def too_fast(seconds: int) -> Refusal:
    """429 as the gateway words it."""
    text = f"Rate limit is exceeded. Try again in {seconds} seconds."
    body = {"statusCode": 429, "message": text}
    return Refusal(429, body, headers={"Retry-After": str(seconds)})

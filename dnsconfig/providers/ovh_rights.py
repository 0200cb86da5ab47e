"""What a consumer key must be allowed to do. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

NEEDED = (
    ("GET", ""),
    ("GET", "/export"),
    ("GET", "/soa"),
    ("GET", "/record"),
    ("GET", "/record/{id}"),
    ("POST", "/record"),
    ("PUT", "/record/{id}"),
    ("DELETE", "/record/{id}"),
    ("POST", "/refresh"),
)
"""Method and path below the zone of each call that the portal makes."""


def missing(rules: Iterable[Mapping[str, Any]], zone_path: str) -> tuple[str, ...]:
    """Needed rights that no access rule grants, as OVH writes them; `*` in a rule is any text."""
    granted = [(rule["method"], _pattern(rule["path"])) for rule in rules]
    return tuple(
        f"{method} {zone_path}{below}"
        for method, below in NEEDED
        if not any(
            method == allowed and pattern.fullmatch(zone_path + below)
            for allowed, pattern in granted
        )
    )


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in path.split("*")))

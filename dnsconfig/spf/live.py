"""The count of look-ups, asked of the DNS as it is now."""

import time

from dnsconfig.resolver import Answer, Unanswered, configured
from dnsconfig.spf.count import Count, count


def count_live(text: str, domain: str, *, lifetime: float = 8.0) -> Count:
    """Count within `lifetime` seconds; what did not answer in time leaves it incomplete.

    Raises SpfError when `text` is not valid.
    """
    end = time.monotonic() + lifetime

    def ask(name: str, kind: str) -> Answer:
        left = end - time.monotonic()
        if left <= 0:
            raise Unanswered(f"{name} {kind}")
        return configured(lifetime=left).lookup(name, kind)

    return count(text, domain, ask)

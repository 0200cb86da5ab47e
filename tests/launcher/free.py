"""Free ports for a whole installation."""

import socket
from contextlib import ExitStack

SETTINGS = ["PORT", "SANDBOX_PORT", "SANDBOX_DNS_PORT", "SANDBOX_SMTP_PORT", "ZONES_DNS_PORT"]


def free_ports() -> dict[str, str]:
    """The environment that gives an installation five ports nobody uses."""
    with ExitStack() as stack:
        chosen = {}
        for setting in SETTINGS:
            probe = stack.enter_context(socket.socket())
            probe.bind(("127.0.0.1", 0))
            chosen[setting] = str(probe.getsockname()[1])
        return chosen

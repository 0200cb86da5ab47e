"""Are the ports free that an installation wants?"""

import socket
from collections.abc import Iterator
from dataclasses import replace

from reseller_portal.launcher.installation import Installation

DNS_ADDRESSES = ["127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4"]
"""Where the sandbox's name servers listen, all on the same port."""

_TCP, _UDP = socket.SOCK_STREAM, socket.SOCK_DGRAM


def with_mail_port(installation: Installation) -> Installation:
    """The same with a free port for the sandbox's mail, where nobody asked for a certain one.

    So two installations run side by side by choosing the ports that people use.
    """
    others = {installation.port, installation.sandbox_port, installation.dns_port}
    if installation.mail_port_is_given or not installation.own_sandbox:
        return installation
    port = installation.smtp_port
    while port in others or not _free("127.0.0.1", port, _TCP):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
    return replace(installation, smtp_port=port)


def first_taken(installation: Installation) -> str | None:
    """One sentence about the first port that somebody else uses, or None."""
    for setting, address, port, kind in _wanted(installation):
        if not _free(address, port, kind):
            return (
                f"Port {port} of {address} is taken: stop the program that uses it, "
                f"or choose another port with {setting}=<number> make run."
            )
    return None


def _wanted(installation: Installation) -> Iterator[tuple[str, str, int, socket.SocketKind]]:
    yield "PORT", "127.0.0.1", installation.port, _TCP
    if not installation.own_sandbox:
        return
    yield "SANDBOX_PORT", "127.0.0.1", installation.sandbox_port, _TCP
    yield "SANDBOX_SMTP_PORT", "127.0.0.1", installation.smtp_port, _TCP
    for address in DNS_ADDRESSES:
        for kind in (_UDP, _TCP):
            yield "SANDBOX_DNS_PORT", address, installation.dns_port, kind


def _free(address: str, port: int, kind: socket.SocketKind) -> bool:
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind == _TCP:
            # As servers do: connections that are just closing do not count.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True

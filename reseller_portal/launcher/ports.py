"""Are the ports free that an installation wants?"""

import socket
from collections.abc import Iterator
from dataclasses import replace

from reseller_portal.launcher.installation import Installation

DNS_ADDRESSES = ["127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4"]
"""Where the sandbox's name servers listen, all on the same port."""

_TCP, _UDP = socket.SOCK_STREAM, socket.SOCK_DGRAM


def with_chosen_ports(installation: Installation) -> Installation:
    """The same with free ports for the sandbox's mail and own zones, where nobody asked for some.

    So two installations run side by side by choosing the ports that people use.
    """
    others = {installation.port, installation.sandbox_port, installation.dns_port}
    if not installation.mail_port_is_given and installation.own_sandbox:
        port = _free_beside(others | {installation.zones_port}, installation.smtp_port, _TCP)
        installation = replace(installation, smtp_port=port)
    if not installation.zones_port_is_given:
        others.add(installation.smtp_port)
        port = _free_beside(others, installation.zones_port, _TCP, _UDP)
        installation = replace(installation, zones_port=port)
    return installation


def _free_beside(others: set[int], port: int, *kinds: socket.SocketKind) -> int:
    """That port, or one that nobody uses."""
    while port in others or not all(_free("127.0.0.1", port, kind) for kind in kinds):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
    return port


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
    for kind in (_UDP, _TCP):
        yield "ZONES_DNS_PORT", "127.0.0.1", installation.zones_port, kind
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

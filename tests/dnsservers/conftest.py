"""The servers, each started once per run where it is installed."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.dnsservers.configs import KINDS, PACKAGES, is_installed
from tests.dnsservers.servers import DnsServer, started


class Running:
    """The servers of this run; the first test that wants one starts it."""

    def __init__(self, stack: ExitStack, folders: pytest.TempPathFactory) -> None:
        self._stack, self._folders = stack, folders
        self._servers: dict[str, DnsServer] = {}

    def get(self, kind: str) -> DnsServer:
        if not is_installed(kind):
            pytest.skip(f"{kind} is not installed here (Debian: {PACKAGES[kind]})")
        if kind not in self._servers:
            context = started(kind, self._folders.mktemp(kind))
            self._servers[kind] = self._stack.enter_context(context)
        return self._servers[kind]


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with ExitStack() as stack:
        yield Running(stack, tmp_path_factory)


@pytest.fixture(
    params=[pytest.param(k, marks=() if k == "bind" else pytest.mark.full) for k in KINDS]
)
def server(request: pytest.FixtureRequest, servers: Running) -> DnsServer:
    """Every server in turn; the quickest one in `make test`, too."""
    return servers.get(request.param)


@pytest.fixture
def bind(servers: Running) -> DnsServer:
    """Where one server shows it all."""
    return servers.get("bind")

"""`make run`: everything from nothing to a portal that answers, and down again."""

import http.client
import json
import shlex
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from reseller_portal.launcher import keys, ports, processes
from reseller_portal.launcher.children import Child
from reseller_portal.launcher.engines import (
    Engine,
    ensure_database,
    free_port,
    postgresql,
    valkey,
)
from reseller_portal.launcher.installation import Installation
from reseller_portal.launcher.logs import Logs, say
from reseller_portal.launcher.supervisor import StartFailed, Supervisor


def run(installation: Installation) -> None:
    """Starts everything, says where it is, and keeps it running.

    Raises:
        StartFailed: something is in the way; the message is for the person at the terminal.
        Stopped: after a signal, when everything has ended.
    """
    installation = ports.with_chosen_ports(installation)
    taken = ports.first_taken(installation)
    if taken:
        raise StartFailed(taken)
    logs = Logs(installation.home)
    logs.turn_over()
    logs.hush("prepare")
    try:
        with Supervisor(logs.tell) as supervisor:
            _start_all(installation, supervisor, logs)
            supervisor.keep_running()
    except StartFailed as error:
        logs.show(error.child)
        raise


def _start_all(installation: Installation, supervisor: Supervisor, logs: Logs) -> None:
    engines = _start_engines(installation, supervisor)
    environment = installation.environment(keys.load(installation.home), engines)
    _write_environment(installation.home, environment)
    if installation.own_sandbox:
        _start_sandbox(installation, supervisor, logs)
    say("Preparing database, pages and demo data …")
    supervisor.run(processes.preparation(environment))
    supervisor.start(
        processes.web(installation, environment),
        processes.worker(environment),
        processes.scheduler(installation, environment),
        processes.zones(environment),
    )
    supervisor.wait_for(lambda: _answers(installation), what="The portal", seconds=60)
    _welcome(installation, environment)


def _start_engines(installation: Installation, supervisor: Supervisor) -> dict[str, str]:
    wanted: dict[str, Engine] = {}
    if installation.own_database:
        wanted["DATABASE_URL"] = postgresql(installation.home, port=free_port())
    if installation.own_broker:
        wanted["REDIS_URL"] = valkey(installation.home, port=free_port())
    for name, engine in wanted.items():
        say(f"Starting {engine.name} …")
        _await_engine(engine, supervisor.start(engine)[0], supervisor)
        if name == "DATABASE_URL":
            ensure_database(engine.url)
    return {name: engine.url for name, engine in wanted.items()}


def _await_engine(engine: Engine, child: Child, supervisor: Supervisor) -> None:
    def serves() -> bool:
        return child.process is not None and engine.serves(child.process)

    supervisor.wait_for(serves, what=f"{engine.name} ({engine.log})", seconds=30)


def _start_sandbox(installation: Installation, supervisor: Supervisor, logs: Logs) -> None:
    say("Starting the sandbox …")
    supervisor.start(processes.sandbox(installation))

    def serves() -> bool:
        return any(line.startswith("{") for line in logs.last_lines("sandbox"))

    supervisor.wait_for(serves, what="The sandbox", seconds=30)


def _answers(installation: Installation) -> bool:
    connection = http.client.HTTPConnection(installation.listens, timeout=2)
    with closing(connection):
        try:
            connection.request("GET", "/health/ready")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False


def _write_environment(home: Path, environment: Mapping[str, str]) -> None:
    """`. $PORTAL_HOME/environment` lets `manage.py` talk to the running installation."""
    lines = [f"export {name}={shlex.quote(value)}" for name, value in environment.items()]
    keys.write_private(home / "environment", "\n".join(lines) + "\n")


def _welcome(installation: Installation, environment: Mapping[str, str]) -> None:
    say("")
    say(f"The portal is ready: {environment['PORTAL_URL']}/")
    if installation.own_sandbox:
        say(f"Microsoft, OVH and the mailbox (sandbox): {installation.sandbox_url}/")
        say(f"Name servers (sandbox): 127.0.0.1 to 127.0.0.4, port {installation.dns_port}")
    say(f"Own zones: 127.0.0.1, port {environment['ZONES_DNS_PORT']} (UDP and TCP)")
    demo = installation.home / "demo.json"
    if installation.own_sandbox and demo.exists():
        for address, user in json.loads(demo.read_text())["users"].items():
            say(f"  {address:<32} {user['password']}")
    setup = installation.home / "setup.txt"
    if not installation.own_sandbox and setup.exists():
        say(setup.read_text().rstrip())
    say("Ctrl-C stops everything; the data stays until `make reset`.")
    say("")

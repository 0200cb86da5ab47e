"""Stands between the supervisor and one program: `python keeper.py command…`.

Standard input is a pipe from the supervisor. When it closes, the supervisor is gone, however it
ended, and the keeper ends the program and all that the program started (its process group).
Run as a file, with the standard library only: it has to start at once and stay small.
"""

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
from types import FrameType

_PR_SET_PDEATHSIG = 1
GRACE = 5.0
"""Seconds between the request to end and the kill, once the supervisor is gone."""


def keep(command: list[str]) -> int:
    """Runs the command to its end and returns its exit code; 128 + n when signal n ended it."""
    parent = os.getpid()
    libc = ctypes.CDLL(None)

    def bind() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    program = subprocess.Popen(  # noqa: S603 - the supervisor's own command
        command, stdin=subprocess.DEVNULL, preexec_fn=bind
    )

    def pass_on(number: int, _frame: FrameType | None) -> None:
        program.send_signal(number)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(number, pass_on)
    while program.poll() is None:
        if _supervisor_gone():
            _end_group(program)
    code = program.returncode
    return code if code >= 0 else 128 - code


def _supervisor_gone() -> bool:
    # The time-out is how soon the program's own end is noticed.
    readable, _, _ = select.select([0], [], [], 0.1)
    return bool(readable) and os.read(0, 1) == b""


def _end_group(program: "subprocess.Popen[bytes]") -> None:
    program.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        program.wait(GRACE)
    os.killpg(0, signal.SIGKILL)  # ends this process too


if __name__ == "__main__":
    sys.exit(keep(sys.argv[1:]))

"""One supervised child: its process, its output, and when it may be started again."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from reseller_portal.launcher.programs import Process

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 10.0
_STABLE_AFTER = 30.0
"""Seconds a child has to run for its earlier deaths to be forgotten."""


class Startable(Protocol):
    """What can be supervised: a `Program` or an `Engine`."""

    @property
    def name(self) -> str: ...

    @property
    def stop_signal(self) -> signal.Signals: ...

    def start(self) -> Process: ...


@dataclass
class Child:
    """A startable and the process that it is at the moment, if any."""

    what: Startable
    tell: Callable[[str, str], None]
    """Called with our name and each line of output."""
    process: Process | None = None
    restart_at: float | None = None
    _started_at: float = 0.0
    _deaths: int = 0
    _tail: bytes = field(default=b"", repr=False)

    def start(self) -> None:
        """Starts the process; the output is read without blocking."""
        self.process = self.what.start()
        self.restart_at, self._started_at = None, time.monotonic()
        if self.process.stdout is not None:
            os.set_blocking(self.process.stdout.fileno(), False)

    @property
    def output(self) -> int | None:
        """The file descriptor to watch, or None."""
        if self.process is None or self.process.stdout is None or self.process.stdout.closed:
            return None
        return self.process.stdout.fileno()

    def read(self) -> None:
        """Tells the complete lines that have arrived."""
        output = self.output
        if output is None or self.process is None or self.process.stdout is None:
            return
        with suppress(BlockingIOError):
            while data := os.read(output, 65536):
                *lines, self._tail = (self._tail + data).split(b"\n")
                for line in lines:
                    self.tell(self.what.name, line.decode(errors="replace").rstrip())
            self.process.stdout.close()  # the end: nobody writes there any more

    def has_ended(self) -> bool:
        """Whether the process is over; it stays unreaped, so its group's id is still ours."""
        if self.process is None or self.process.returncode is not None:
            return True
        look = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self.process.pid, look) is not None

    def ask_to_end(self) -> None:
        """Sends the stop signal to a living process."""
        if not self.has_ended() and self.process is not None:
            self.process.send_signal(self.what.stop_signal)

    def bury(self) -> int:
        """Kills what is left of the process and its group; returns the exit code."""
        if self.process is None:
            return 0
        if self.process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.read()
        self._close_pipes()
        code, self.process, self._tail = self.process.returncode, None, b""
        return code

    def _close_pipes(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout) if self.process else ():
            if pipe is not None:
                pipe.close()

    def plan_restart(self) -> float:
        """Sets when to start again, later after every quick death; returns the pause."""
        ran_for = time.monotonic() - self._started_at
        self._deaths = 1 if ran_for > _STABLE_AFTER else self._deaths + 1
        pause: float = min(_FIRST_PAUSE * 2 ** (self._deaths - 1), _LONGEST_PAUSE)
        self.restart_at = time.monotonic() + pause
        return pause

"""Runs children in stages, restarts one that dies, and stops all of them, last stage first."""

import selectors
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from types import FrameType, TracebackType

from reseller_portal.launcher.children import Child, Startable

_TICK = 0.2
_GRACE = 4.0
"""Seconds a stage gets to end by itself; three stages and a margin make about ten."""


class Stopped(Exception):
    """Somebody asked us to stop."""


class StartFailed(Exception):
    """A child ended, or was not ready in time, while everything was being started."""

    def __init__(self, message: str, *, child: str = "") -> None:
        super().__init__(message)
        self.child = child


class Supervisor(AbstractContextManager["Supervisor"]):
    """Use as a context: leaving it ends every child, whatever happened inside.

    Until `keep_running` is called a child that ends is a failure; afterwards it is started again.
    Works in the main thread only, for the sake of signals.
    """

    def __init__(self, tell: Callable[[str, str], None]) -> None:
        self._tell = tell
        self._stages: list[list[Child]] = []
        self._restarting = False
        self._requests = 0

    def __enter__(self) -> "Supervisor":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def start(self, *stage: Startable) -> list[Child]:
        """Starts a stage; it will be stopped before the stages that were started earlier."""
        children = [Child(what, self._tell) for what in stage]
        self._stages.append(children)
        for child in children:
            child.start()
        return children

    def run(self, what: Startable) -> None:
        """Runs a child once, to its end.

        Raises:
            StartFailed: it ended with an error.
            Stopped: a signal came first; the child is ended.
        """
        child = Child(what, self._tell)
        child.start()
        try:
            while not child.has_ended():
                self._tick([child])
        finally:
            code = child.bury()
        if code:
            raise StartFailed(f"{what.name} ended with code {code}", child=what.name)

    def wait_for(self, ready: Callable[[], bool], *, what: str, seconds: float) -> None:
        """Goes on as soon as `ready()` is true.

        Raises:
            StartFailed: it did not become true in time, or a child ended.
            Stopped: a signal came first.
        """
        deadline = time.monotonic() + seconds
        while not ready():
            if time.monotonic() > deadline:
                raise StartFailed(f"{what} is not ready after {seconds:.0f} seconds")
            self._tick(seconds=0.05)

    def keep_running(self) -> None:
        """Restarts children as they die, until a signal comes.

        Raises:
            Stopped: always, in the end.
        """
        self._restarting = True
        while True:
            self._tick()

    def _tick(self, more: Iterable[Child] = (), *, seconds: float = _TICK) -> None:
        if self._requests:
            raise Stopped
        self._read([*self._children(), *more], seconds)
        for child in self._children():
            self._look_after(child)

    def _look_after(self, child: Child) -> None:
        name = child.what.name
        if child.process is None:
            if child.restart_at is not None and time.monotonic() >= child.restart_at:
                child.start()
        elif child.has_ended():
            code = child.bury()
            if not self._restarting:
                raise StartFailed(f"{name} ended with code {code}", child=name)
            pause = child.plan_restart()
            self._tell(name, f"ended with code {code}; starts again in {pause:.1f} s")

    def _stop(self) -> None:
        for stage in reversed(self._stages):
            for child in stage:
                child.ask_to_end()
            requests, deadline = self._requests, time.monotonic() + _GRACE
            while not all(child.has_ended() for child in stage):
                # A second Ctrl-C: no more waiting.
                if time.monotonic() > deadline or self._requests > max(requests, 1):
                    break
                self._read(self._children(), 0.05)
            for child in stage:
                child.bury()
        self._stages.clear()

    def _read(self, children: Iterable[Child], seconds: float) -> None:
        with selectors.DefaultSelector() as selector:
            for child in children:
                output = child.output
                if output is not None and not child.has_ended():
                    selector.register(output, selectors.EVENT_READ, child)
            ready = selector.select(seconds)
        for key, _ in ready:
            key.data.read()

    def _children(self) -> list[Child]:
        return [child for stage in self._stages for child in stage]

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._requests += 1

"""A program of the portal, run through the keeper so that it cannot outlive the supervisor."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

KEEPER = Path(__file__).with_name("keeper.py")
ROOT = Path(__file__).parents[2]

Process = subprocess.Popen[bytes]


@dataclass(frozen=True)
class Program:
    """A command, what it adds to our environment, and how it is asked to end."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    stop_signal: signal.Signals = signal.SIGTERM

    def start(self) -> Process:
        """Starts it in a process group of its own; standard output and error are our pipe."""
        return subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-I", "-S", str(KEEPER), *self.command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env=os.environ | self.environment,
            start_new_session=True,
        )

"""What the children say: whole in `$PORTAL_HOME/logs`, and in short on the terminal."""

import sys
from collections import defaultdict, deque
from contextlib import suppress
from pathlib import Path

_WIDTH = 200


class Logs:
    """One file per child; the files of the run before are kept in `logs.last`."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "logs"
        self._quiet: set[str] = set()
        self._last: defaultdict[str, deque[str]] = defaultdict(lambda: deque(maxlen=15))

    def turn_over(self) -> None:
        """Puts the files of the run before aside."""
        before = self.folder.with_name("logs.last")
        if self.folder.exists():
            for old in before.glob("*"):
                old.unlink()
            with suppress(FileNotFoundError):
                before.rmdir()
            self.folder.rename(before)
        self.folder.mkdir(parents=True)

    def hush(self, *names: str) -> None:
        """Lines of these children go to their files only."""
        self._quiet |= set(names)

    def tell(self, name: str, line: str) -> None:
        """A child's line of output, or ours about the child."""
        self._last[name].append(line)
        with (self.folder / f"{name}.log").open("a") as file:
            file.write(f"{line}\n")
        if name not in self._quiet:
            say(f"{name:<10}| {line[:_WIDTH]}")

    def show(self, name: str) -> None:
        """Says the end of what a hushed child has said; the others' lines were seen."""
        if name in self._quiet:
            for line in self._last[name]:
                say(f"{name:<10}| {line[:_WIDTH]}")

    def last_lines(self, name: str) -> list[str]:
        """The end of what the child has said."""
        return list(self._last[name])


def say(line: str) -> None:
    """A line on the terminal; nobody reading it is no reason to stop."""
    with suppress(BrokenPipeError):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

"""Who descends from whom, and who is gone, read from /proc."""

import time
from collections import defaultdict
from pathlib import Path


def descendants(pid: int, *, depth: int = 99) -> list[int]:
    """All processes below `pid`, down to `depth` generations."""
    children = defaultdict(list)
    for folder in Path("/proc").glob("[0-9]*"):
        stat = _stat(int(folder.name))
        if stat:
            children[int(stat[1])].append(int(folder.name))
    found, generation = [], [pid]
    for _ in range(depth):
        generation = [child for parent in generation for child in children[parent]]
        if not generation:
            break
        found += generation
    return found


def parent(pid: int) -> int:
    return int(_stat(pid)[1])


def gone(pid: int, *, seconds: float = 60) -> bool:
    """Whether the process ends within `seconds`; one that waits to be reaped has ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        stat = _stat(pid)
        if not stat or stat[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def _stat(pid: int) -> list[str]:
    """State, parent, ... of the process; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []

"""Fails when a pinned list does not hold what its short list asks for. Works without a network."""

import re
import sys
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version


def main() -> int:
    wrong = [*compare("requirements.in", "requirements.txt")]
    wrong += compare("requirements-dev.in", "requirements-dev.txt")
    shared, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    wrong += [
        f"requirements-dev.txt: {name} is {dev.get(name)}, requirements.txt says {version}"
        for name, version in shared.items()
        if dev.get(name) != version
    ]
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    return 1 if wrong else 0


def compare(asked: str, pinned: str) -> list[str]:
    """What `asked` wants and `pinned` does not give."""
    found = pins(pinned)
    return [
        f"{pinned} does not give {wish} of {asked}: run `make lock`"
        for wish in wishes(asked)
        if (version := found.get(canonicalize_name(wish.name))) is None
        or version not in wish.specifier
    ]


def wishes(file: str) -> list[Requirement]:
    lines = (line.partition("#")[0].strip() for line in Path(file).read_text().splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def pins(file: str) -> dict[str, Version]:
    found = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", Path(file).read_text(), re.MULTILINE)
    return {canonicalize_name(name): Version(version) for name, version in found}


if __name__ == "__main__":
    sys.exit(main())

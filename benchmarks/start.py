"""The second `make run` of an installation, up to *ready* / an interpreter that sets Django up."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.launcher.test_make_run import Installation

ROUNDS = 3


def _bare() -> float:
    """Seconds that one of the portal's processes needs before it does anything of its own."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "reseller_portal.settings"},
        check=True,
    )
    return time.perf_counter() - began


def _start(installation: Installation) -> float:
    began = time.perf_counter()
    installation.start()
    took = time.perf_counter() - began
    installation.end(signal.SIGTERM)
    return took


def measure() -> tuple[float, float]:
    """Medians in seconds: the start, the floor; the first start of the installation uncounted."""
    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(Path(folder) / "home")
        _start(installation)
        rounds = [(_start(installation), _bare()) for _ in range(ROUNDS)]
        installation.say("reset")
    starts, floors = zip(*rounds, strict=True)
    return sorted(starts)[ROUNDS // 2], sorted(floors)[ROUNDS // 2]

"""`python -m tests.journeys SEED...`: take these journeys (again)."""

import os
import sys

import pytest

if __name__ == "__main__":
    os.environ["JOURNEYS"] = " ".join(sys.argv[1:])
    sys.exit(pytest.main(["-q", "-p", "no:xdist", "tests/journeys/test_journeys.py"]))

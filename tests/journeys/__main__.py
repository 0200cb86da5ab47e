"""`python -m tests.journeys SEED...`: take these journeys (again)."""

import sys

import pytest

if __name__ == "__main__":
    nodes = [f"tests/journeys/test_journeys.py::test_a_journey[{seed}]" for seed in sys.argv[1:]]
    sys.exit(pytest.main(["-q", "-p", "no:xdist", *nodes]))

"""What the sandbox's own stories share."""

import pytest

from sandbox.world import World
from tests.sandbox.caller import Caller


@pytest.fixture
def provider(world: World) -> Caller:
    """The provider of the demo, in a world without delays."""
    return Caller(world)

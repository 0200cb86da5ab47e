"""The WSGI application over all services."""

from functools import cache

from werkzeug.routing import Map

from sandbox.control import RULES as CONTROL
from sandbox.elsewhere import RULES as ELSEWHERE
from sandbox.http import Sandbox
from sandbox.microsoft.control import RULES as MICROSOFT_CONTROL
from sandbox.microsoft.rules import RULES as MICROSOFT
from sandbox.ovh.rules import RULES as OVH
from sandbox.page import RULES as PAGE
from sandbox.seeds import plant_if_new
from sandbox.world import World


def create_app(world: World) -> Sandbox:
    """An application that serves this world, planted with the seeds if it is new."""
    plant_if_new(world)
    return Sandbox(world, _paths())


@cache
def _paths() -> Map:
    """The same for every world, and dear to build."""
    rules = (*PAGE, *CONTROL, *MICROSOFT_CONTROL, *ELSEWHERE, *MICROSOFT, *OVH)
    return Map(rules, strict_slashes=False, merge_slashes=False)

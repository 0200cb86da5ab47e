"""What a new or reset sandbox holds."""

from sandbox.microsoft import seeds as microsoft
from sandbox.ovh import seeds as ovh
from sandbox.world import World

VERSION = 2  # of the rows that are kept; another one begins anew


def plant(world: World) -> None:
    """Fill an empty world."""
    with world.change():
        microsoft.plant(world)
        ovh.plant(world)
        world.table("settings")["planted"] = {
            "at": world.real_now().isoformat(),
            "version": VERSION,
        }


def plant_if_new(world: World) -> None:
    """Fill the world unless an earlier run has; what an older sandbox kept is not read."""
    planted = world.table("settings").get("planted")
    if planted is None:
        plant(world)
    elif planted.get("version") != VERSION:
        world.reset()

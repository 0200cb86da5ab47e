"""What a new or reset sandbox holds."""

from sandbox.microsoft import seeds as microsoft
from sandbox.ovh import seeds as ovh
from sandbox.world import World


def plant(world: World) -> None:
    """Fill an empty world."""
    with world.change():
        microsoft.plant(world)
        ovh.plant(world)
        world.table("settings")["planted"] = {"at": world.real_now().isoformat()}


def plant_if_new(world: World) -> None:
    """Fill the world unless it was filled in an earlier run."""
    if "planted" not in world.table("settings"):
        plant(world)

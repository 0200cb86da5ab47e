"""What a story changes about MPN IDs at Microsoft, and time."""

from datetime import timedelta
from typing import TYPE_CHECKING

from common import clock

if TYPE_CHECKING:
    from sandbox.world import World


def change_partner(world: "World", mpn_id: str, **facts: object) -> None:
    """Microsoft says something else about this MPN ID from now on."""
    with world.change():
        partners = world.table("partners")
        partners[mpn_id] = {**partners[mpn_id], **facts}


def turn(world: "World", *, days: float) -> None:
    """Microsoft's clock and what the portal has read of it."""
    world.offset += timedelta(days=days)
    clock.note_offset(world.offset)

"""What every value that Microsoft tells has in common."""

from dataclasses import dataclass, field

from partnercenter.wire import Members


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A value that Microsoft told; nothing it said is lost.

    It shows and compares by our words alone: `members` may hold secrets and what nobody reads.
    """

    members: Members = field(default_factory=dict, repr=False, compare=False)
    """All of Microsoft's own members, names in camelCase, numbers with a point as `Decimal`."""

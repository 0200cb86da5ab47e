"""What a person's reach lets through: conditions on tenants, and on places in the journal."""

from dataclasses import dataclass

from django.db.models import Q

from accounts.models import Reaching, ReachKind

PLACE = "tenant:"
"""How the journal's places of tenants begin."""


@dataclass(frozen=True)
class Reach:
    """Which of the account's tenants a person sees."""

    kind: ReachKind = ReachKind.ALL
    tenants: frozenset[int] = frozenset()

    @classmethod
    def of(cls, row: Reaching) -> "Reach":
        return cls(ReachKind(row.reach), frozenset(row.chosen))

    @property
    def is_limited(self) -> bool:
        return self.kind != ReachKind.ALL

    def within(self, field: str) -> Q:
        """Rows whose `field` names a tenant within reach; limited, none that names no tenant."""
        chosen = Q(**{f"{field}__in": self.tenants})
        if self.kind == ReachKind.ONLY:
            return chosen
        if self.kind == ReachKind.EXCEPT:
            return Q(**{f"{field}__isnull": False}) & ~chosen
        return Q()

    def beyond(self, field: str) -> Q:
        """Rows whose `field` names a tenant out of reach."""
        chosen = Q(**{f"{field}__in": self.tenants})
        if self.kind == ReachKind.ONLY:
            return Q(**{f"{field}__isnull": False}) & ~chosen
        if self.kind == ReachKind.EXCEPT:
            return chosen
        return Q(**{f"{field}__in": []})

    def listed(self) -> Q:
        """Operations and events of tenants within reach; limited, none of the account itself."""
        chosen = Q(listed_under__in=[f"{PLACE}{tenant}" for tenant in self.tenants])
        if self.kind == ReachKind.ONLY:
            return chosen
        if self.kind == ReachKind.EXCEPT:
            return Q(listed_under__startswith=PLACE) & ~chosen
        return Q()


EVERYTHING = Reach()

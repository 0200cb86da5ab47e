"""What stands of all that was configured for a domain."""

from dnsconfig.models import DnsPlan, Domain, Kind, PlanState


def standing_runs(domain: Domain) -> list[DnsPlan]:
    """Configurations that were carried out and that no later run has taken back, oldest first."""
    done = domain.plans.filter(state=PlanState.DONE)
    withdrawn = done.filter(kind=Kind.WITHDRAW).order_by("-pk").first()
    carried_out = done.filter(kind=Kind.CONFIGURE, pk__gt=withdrawn.pk if withdrawn else 0)
    undone = done.filter(kind=Kind.UNDO).values("undoes")
    return list(carried_out.exclude(pk__in=undone).order_by("pk"))

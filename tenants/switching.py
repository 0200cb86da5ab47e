"""The checklist of changing provider: ticked by people, one row per step."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from common.refusals import Impossible
from journal.people import By
from tenants import services
from tenants.models import SwitchStep, Tenant, Tick


@dataclass(frozen=True)
class Step:
    """One line of the checklist, and who ticked it."""

    key: str
    text: str
    tick: Tick | None


def checklist(tenant: Tenant) -> list[Step]:
    """All steps in the order in which they are done."""
    ticks = {tick.step: tick for tick in tenant.ticks.all()}
    return [Step(step.value, str(step.label), ticks.get(step.value)) for step in SwitchStep]


@transaction.atomic
def tick(*, tenant: Tenant, step: str, is_done: bool, by: By) -> None:
    """Say that a step is done, or is not after all. Raises Impossible for an unknown step."""
    if step not in SwitchStep.values:
        raise Impossible(_("There is no such step."), field="step")
    if is_done:
        _tick, is_new = Tick.objects.get_or_create(
            tenant=tenant, step=step, defaults={"by_label": by.label}
        )
    else:
        is_new = bool(tenant.ticks.filter(step=step).delete()[0])
    if is_new:
        kind = "tenant.switch_ticked" if is_done else "tenant.switch_unticked"
        services.record(tenant, kind, by, step=step)

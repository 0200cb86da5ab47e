"""SPF records that would cost receivers more look-ups than they make (RFC 7208 §4.6.4). Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dnsconfig import spf
from dnsconfig.edits import Edit
from dnsconfig.plan.reasons import Action, Reason, Way
from dnsconfig.plan.values import Caution, Change, Option, Plan

MOST = 10


@dataclass(frozen=True)
class Weight:
    """What an SPF record costs, counted live; `is_known` only when every name was answered."""

    total: int
    terms: tuple[tuple[str, int], ...] = ()
    problems: tuple[str, ...] = ()
    is_refused: bool = False
    """Receivers may end with a permanent error, for the number or for another reason."""
    is_known: bool = True

    @property
    def is_over(self) -> bool:
        return self.total > MOST


def policies(plan: Plan) -> tuple[tuple[str, str], ...]:
    """(name, text) of every SPF record that the plan or one of its options would publish."""
    found = [pair for change in plan.changes for edit in _edits(change) for pair in _texts(edit)]
    return tuple(dict.fromkeys(found))


def weigh(plan: Plan, weights: Mapping[str, Weight]) -> Plan:
    """Refuse what receivers would not evaluate; `weights` by text."""
    unknown = [name for name, text in policies(plan) if not _is_known(weights.get(text))]
    cautions = [Caution("spf_not_counted", name) for name in dict.fromkeys(unknown)]
    changes = tuple(_weighed(change, weights) for change in plan.changes)
    return replace(plan, changes=changes, cautions=(*plan.cautions, *cautions))


def _is_known(weight: Weight | None) -> bool:
    return weight is not None and (weight.is_known or weight.is_refused)


def _weighed(change: Change, weights: Mapping[str, Weight]) -> Change:
    refused = [w for edit in _edits(change) if (w := _refused(edit, weights))]
    if not refused:
        return change
    details = _details(refused[0])
    options = tuple(o for o in change.options if not _is_over(o.edit, weights))
    if not _refused(change.edit, weights):
        return replace(change, options=options, details=details)
    is_over = _is_over(change.edit, weights)
    merging = () if is_over else (Option(Way.MERGE, change.edit),)
    return replace(
        change,
        action=Action.CONFLICT,
        reason=Reason.SPF_TOO_MANY if is_over else Reason.SPF_FLAWED,
        edit=Edit(),
        options=(Option(Way.KEEP), *merging),
        chosen=None,
        suggested=Way.KEEP,
        details=details,
    )


def _refused(edit: Edit, weights: Mapping[str, Weight]) -> Weight | None:
    found = (weights.get(text) for _name, text in _texts(edit))
    return next((weight for weight in found if weight and weight.is_refused), None)


def _is_over(edit: Edit, weights: Mapping[str, Weight]) -> bool:
    weight = _refused(edit, weights)
    return weight is not None and weight.is_over


def _details(weight: Weight) -> tuple[str, ...]:
    lines = [f"{term}: {count}" for term, count in weight.terms if count]
    return (str(weight.total), *lines, *weight.problems)


def _edits(change: Change) -> Iterator[Edit]:
    yield change.edit
    yield from (option.edit for option in change.options)


def _texts(edit: Edit) -> Iterator[tuple[str, str]]:
    for record in edit.adds:
        if record.type == "TXT" and spf.is_spf(record.value):
            yield record.name, record.value

"""Any edit, call by call, on a model of what OVH stores."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dnsconfig.edits import Edit
from dnsconfig.providers.ovh_steps import Step, steps
from dnsconfig.providers.ovh_text import INVENTED, native_type
from dnsconfig.records import Record, Snapshot, cname, mx, txt

ZONE = "example.com"
TEXTS = ("v=spf1 -all", "v=spf1 mx -all", "v=spf1 " + "ip4:192.0.2.1 " * 20 + "-all", "MS=ms1")
DATA = [
    *(txt(ZONE, text) for text in TEXTS),
    *(mx(ZONE, n, f"mx{n}.example.net") for n in range(3)),
    txt(f"_dmarc.{ZONE}", "v=DMARC1; p=none"),
    txt(f"_dmarc.{ZONE}", "v=DMARC1; p=reject"),
]
NAME = f"autodiscover.{ZONE}"
AT_NAME = [
    [],
    [cname(NAME, "one")],
    [cname(NAME, "two")],
    [txt(NAME, "v=spf1 -all"), mx(NAME, 0, "mx.example.net")],
]


@st.composite
def zones(draw: st.DrawFn) -> list[Record]:
    """Records at the apex and below; an alias is alone at its name."""
    found = [*draw(st.lists(st.sampled_from(DATA), unique=True)), *draw(st.sampled_from(AT_NAME))]
    return [replace(record, ttl=draw(st.sampled_from([60, 3600]))) for record in found]


def stored(zone: list[Record], invented: bool) -> Snapshot:
    """With ids and native types: of OVH's own where it may be."""

    def native(record: Record) -> str:
        kinds = INVENTED if invented else ()
        tried = (native_type(replace(record, native_type=kind)) for kind in kinds)
        return next((kind for kind in tried if kind != record.type), native_type(record))

    rows = enumerate(zone, start=1)
    return Snapshot.of(ZONE, [replace(r, id=str(n), native_type=native(r)) for n, r in rows])


def carry_out(step: Step, host: dict[str, Record], number: int) -> None:
    come, gone = step.come, step.gone
    if come and gone:
        assert (come.name, come.type) == (gone.name, gone.type)
        host[gone.id] = replace(come, native_type=host[gone.id].native_type)
    elif gone:
        del host[gone.id]
    elif come:
        host[f"new{number}"] = replace(come, native_type=native_type(come))


def has_alias_beside_data(host: dict[str, Record]) -> bool:
    here = [record.type for record in host.values() if record.name == NAME]
    return "CNAME" in here and len(here) > 1


@given(zones(), zones(), st.booleans())
def test_steps_lead_from_any_zone_to_any_other(
    before: list[Record], after: list[Record], invented: bool
) -> None:
    found = stored(before, invented)
    there = {(record, record.ttl) for record in after}
    edit = Edit(
        tuple(r for r in found.records if (r, r.ttl) not in there),
        tuple(r for r in after if (r, r.ttl) not in {(old, old.ttl) for old in found.records}),
    )
    host = {record.id: record for record in found.records}
    had_mail = [any(r.type == "MX" and r.name == ZONE for r in zone) for zone in (before, after)]
    for number, step in enumerate(steps(edit.left_to_do(found))):
        carry_out(step, host, number)
        assert not has_alias_beside_data(host)
        if all(had_mail):
            assert any(r.type == "MX" and r.name == ZONE for r in host.values())
    assert {(r, r.ttl) for r in host.values()} == there
    for record in host.values():
        assert native_type(record) == record.native_type
    assert not Edit(edit.removes, edit.adds).left_to_do(
        Snapshot.of(ZONE, [replace(r, id=n) for n, r in host.items()])
    )

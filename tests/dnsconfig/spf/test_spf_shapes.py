"""Records in the shapes that owners have: what becomes of each with Microsoft's include."""

import pytest

from dnsconfig import spf
from dnsconfig.spf import Weakness
from tests.dnsconfig.spf.policies import OURS, WANTED

HERE = "<ours>"

MERGED = [
    "v=spf1 include:mx.hosting.example <ours> ~all",
    "v=spf1 include:_spf.mail.example <ours> ~all",
    "v=spf1 a mx <ours> -all",
    "v=spf1 a mx ptr <ours> ?all",
    "v=spf1 a mx ip4:192.0.2.10 ip4:192.0.2.11 ip6:2001:db8:1::/48 <ours> -all",
    "v=spf1 a:www.acme.example mx:acme.example <ours> ~all",
    "v=spf1 +a +mx +ip4:192.0.2.10 <ours> ~all",
    "v=spf1 +a +mx -ip4:192.0.2.66 <ours> -all",
    "v=spf1 include:servers.letters.example include:sender.bulk.example <ours> -all",
    "v=spf1 include:_spf.crm.example exists:%{i}._spf.mta.crm.example <ours> -all",
    "v=spf1 include:%{ir}.%{v}.%{d}.spf.guard.example <ours> ~all",
    "v=spf1 include:%{d}._nspf.watch.example <ours> ~all",
    "v=spf1 exists:%{i}._i.%{d}._d.watch.example include:%{i}._ip.%{h}.watch.example <ours> ~all",
    "v=spf1 <ours> redirect=_spf.mail.example",
    "v=spf1 ip4:192.0.2.0/24 <ours> redirect=_spf.mail.example",
    "v=spf1 mx <ours> -all exp=explain._spf.%{d}",
    "v=spf1 exp=explain._spf.%{d} mx <ours> -all",
    "v=spf1 mx/30 mx:mail.example/30//64 a//96 <ours> ~all",
    "v=spf1 include:a.example ?include:b.example <ours> -all",
    "v=spf1 ip4:192.0.2.1 <ours> all",
    "V=SPF1 IP4:192.0.2.1 A:Mail.Acme.Example <ours> -ALL",
    "v=spf1 include:allhosts.example include:all.mail.example <ours> -all",
    "v=spf1 mx moo.1_x-y=man:dog/cat <ours> -all",
    "v=spf1 a ptr:acme.example <ours>",
    "v=spf1 <ours> ~all",
    "v=spf1   mx   a <ours>   ~all",
    "v=spf1 a:xn--bcher-kva.example mx:b.xn--p1ai <ours> -all",
    "v=spf1 -exists:%{ir}.blocked.example a <ours> -all",
]


@pytest.mark.parametrize("shape", MERGED)
def test_23_ours_joins_what_is_there(shape: str) -> None:
    present = shape.replace(f" {HERE}", "")
    merged = shape.replace(HERE, f"include:{OURS}")
    assert spf.merge(present, WANTED) == merged
    assert spf.merge(merged, WANTED) == merged


def test_27_a_record_of_a_manager_is_merged_and_warned_of() -> None:
    text = spf.merge("v=spf1 redirect=%{d}._spf.guard.example", WANTED)
    assert text == f"v=spf1 include:{OURS} redirect=%{{d}}._spf.guard.example"
    assert set(spf.weaknesses(text)) == {Weakness.MACROS, Weakness.REDIRECT}

"""Microsoft's include beside what is there: nobody else's result changes."""

import pytest
from hypothesis import assume, given

from dnsconfig import spf
from tests.dnsconfig.spf import policies
from tests.dnsconfig.spf.bounded import property_test
from tests.dnsconfig.spf.oracle import evaluate
from tests.dnsconfig.spf.policies import OUR_SENDERS, OURS, SENDERS, WANTED, ZONE

DOMAIN = "good.example"
INCLUDE = f"include:{OURS}"


@pytest.mark.parametrize(
    ("present", "merged"),
    [
        ("v=spf1 -all", f"v=spf1 {INCLUDE} -all"),
        ("v=spf1 include:mx.ovh.com ~all", f"v=spf1 include:mx.ovh.com {INCLUDE} ~all"),
        ("V=SPF1  A  +MX/24  ?ALL ", f"V=SPF1  A  +MX/24 {INCLUDE}  ?ALL "),
        ("v=spf1 redirect=_spf.mx.example", f"v=spf1 {INCLUDE} redirect=_spf.mx.example"),
        (
            "v=spf1 exp=why.example a redirect=x.example",
            f"v=spf1 exp=why.example a {INCLUDE} redirect=x.example",
        ),
        ("v=spf1 redirect=x.example a -all", f"v=spf1 {INCLUDE} redirect=x.example a -all"),
        ("v=spf1", f"v=spf1 {INCLUDE}"),
        ("v=spf1 a x-y=1 ", f"v=spf1 a x-y=1 {INCLUDE} "),
        ("v=spf1 -all a:late.example", f"v=spf1 {INCLUDE} -all a:late.example"),
        (f"v=spf1 -all {INCLUDE}", f"v=spf1 {INCLUDE} -all {INCLUDE}"),
        ("v=spf1 include:mailall.example ~all", f"v=spf1 include:mailall.example {INCLUDE} ~all"),
        (f"v=spf1 include={OURS} -all", f"v=spf1 include={OURS} {INCLUDE} -all"),
        (f"v=spf1 mx include:x.{OURS} -all", f"v=spf1 mx include:x.{OURS} {INCLUDE} -all"),
    ],
)
def test_23_the_include_comes_before_the_first_all_or_redirect(present: str, merged: str) -> None:
    assert spf.merge(present, WANTED) == merged


@pytest.mark.parametrize(
    "present",
    [
        f"v=spf1 {INCLUDE} -all",
        f"v=spf1  +include:{OURS} ~all",
        f"V=SPF1 INCLUDE:{OURS.upper()} ?all",
        f"v=spf1 a include:{OURS}. mx",
        f"v=spf1 mx redirect={OURS}",
    ],
)
def test_23_what_is_there_already_stays_as_it_is(present: str) -> None:
    assert spf.merge(present, WANTED) == present


@pytest.mark.parametrize("qualifier", ["?", "~", "-"])
def test_an_include_that_does_not_pass_is_made_to_pass_in_its_place(qualifier: str) -> None:
    present = f"v=spf1 mx {qualifier}Include:{OURS}.  ip4:192.0.2.1 -all"
    assert spf.merge(present, WANTED) == f"v=spf1 mx Include:{OURS}.  ip4:192.0.2.1 -all"


def test_several_includes_come_in_their_order() -> None:
    wanted = "v=spf1 include:a.example include:b.example include:c.example -all"
    merged = spf.merge("v=spf1 include:b.example ~all", wanted)
    assert merged == "v=spf1 include:b.example include:a.example include:c.example ~all"


def test_an_invalid_record_is_not_merged() -> None:
    with pytest.raises(spf.SpfError):
        spf.merge("v=spf1 include: x.example -all", WANTED)


@property_test(200)
@given(present=policies.records())
def test_merging_keeps_the_meaning(present: str) -> None:
    """pyspf decides: Microsoft's senders pass, everybody else's result is the same.

    Of Microsoft's, those keep their result that the owner's own terms already speak of.
    """
    before = {sender: evaluate(present, sender, DOMAIN, ZONE)[0] for sender in SENDERS}
    assume("permerror" not in before.values())
    merged = spf.merge(present, WANTED)
    after = {sender: evaluate(merged, sender, DOMAIN, ZONE)[0] for sender in SENDERS}
    for sender in SENDERS:
        is_told_to_pass = sender in OUR_SENDERS and after[sender] == "pass"
        assert is_told_to_pass or after[sender] == before[sender]
        assert sender not in OUR_SENDERS or is_told_to_pass or is_spoken_of(present, sender)


def is_spoken_of(present: str, sender: str) -> bool:
    """Whether a term before the `all` or `redirect`, not an include of ours, matches."""
    own: list[str] = []
    for word in present.lower().split()[1:]:
        if word.lstrip("+-~?") == "all" or (word.startswith("redirect=") and OURS not in word):
            break
        if OURS not in word:
            own.append(word)
    passing, failing = (
        evaluate(" ".join(["v=spf1", *own, end]), sender, DOMAIN, ZONE)[0]
        for end in ("+all", "-all")
    )
    return passing == failing


@property_test(200)
@given(present=policies.records())
def test_merging_twice_changes_nothing_more(present: str) -> None:
    merged = spf.merge(present, WANTED)
    assert spf.merge(merged, WANTED) == merged
    assert OURS in spf.parse(merged).includes


@property_test(200)
@given(present=policies.records())
def test_a_record_is_printed_as_it_was(present: str) -> None:
    assert str(spf.parse(present)) == present

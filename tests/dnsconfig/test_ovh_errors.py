"""What OVH's answers mean: who acts next, and whether a write may have happened."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from common.errors import (
    Busy,
    Misconfigured,
    NotFound,
    OutcomeUnknown,
    Refused,
    RemoteError,
)
from dnsconfig.edits import Edit
from dnsconfig.providers import Outcome
from dnsconfig.providers.ovh import OvhZones
from dnsconfig.records import Snapshot, cname, txt
from tests.dnsconfig.scripted import Script, scripted

ZONE = "example.com"
KEYS = {"application_key": "ak", "application_secret": "as", "consumer_key": "ck"}


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted() as one:
        yield one


def ovh(script: Script) -> OvhZones:
    return OvhZones(keys=KEYS, endpoint=script.url, timeout=(0.5, 0.5))


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (403, {"errorCode": "NOT_GRANTED_CALL", "message": "not granted"}, Misconfigured),
        (403, {"class": "Client::Forbidden", "message": "User not granted"}, Misconfigured),
        (460, {"class": "Client::Expired", "message": "expired"}, Misconfigured),
        (404, {"class": "Client::NotFound", "message": "This service does not exist"}, NotFound),
        (400, {"class": "Client::BadRequest", "message": "Invalid domain name"}, Refused),
        (409, {"class": "Client::Conflict", "message": "running"}, Busy),
        (429, {"message": "slow down"}, Busy),
    ],
)
@pytest.mark.parametrize("is_write", [False, True])
def test_an_answer_that_decides(
    script: Script, status: int, body: object, error: type[RemoteError], is_write: bool
) -> None:
    script.then(status, body)
    with pytest.raises(error) as raised:
        ovh(script).refresh(ZONE) if is_write else ovh(script).zones()
    assert type(raised.value) is error
    assert ("POST" if is_write else "GET") in str(raised.value)
    assert raised.value.code
    if status == 429:
        assert isinstance(raised.value, Busy)
        assert raised.value.retry_after == 7


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, {"message": "Internal server error"}),
        (408, {"message": "time-out"}),
        (504, "<html>gateway</html>"),
        (200, "<html>welcome</html>"),
        (500, None),
        (0, None),
    ],
)
def test_after_an_unclear_answer_a_write_may_have_happened_a_read_has_not(
    script: Script, status: int, body: object
) -> None:
    script.then(status, body).then(status, body)
    with pytest.raises(OutcomeUnknown):
        ovh(script).refresh(ZONE)
    with pytest.raises(Busy):
        ovh(script).zones()


def test_51_a_right_that_a_policy_withholds_is_named(script: Script) -> None:
    """Item 51."""
    right = "dnsZone:apiovh:zone/refresh"
    body = {"class": "Client::Forbidden", "message": "User not granted for this request"}
    script.then(403, {**body, "details": {"unauthorizedActionsByIAM": right}})
    with pytest.raises(Misconfigured, match=right):
        ovh(script).refresh(ZONE)


def test_a_refused_connection_has_written_nothing() -> None:
    with scripted() as gone:
        provider = ovh(gone)
        gone.then(200, [])
        provider.zones()
    with pytest.raises(Busy):
        provider.refresh(ZONE)


def test_without_the_time_nothing_is_sent(script: Script) -> None:
    script.times = [(500, "<html></html>")]
    with pytest.raises(Busy):
        ovh(script).refresh(ZONE)
    assert script.asked == []


def test_52_a_drifted_clock_is_set_once(script: Script) -> None:
    invalid = {"errorCode": "INVALID_SIGNATURE", "message": "Invalid signature"}
    script.then(400, invalid).then(200, [ZONE])
    assert ovh(script).zones() == [ZONE]
    script.then(400, invalid).then(400, invalid)
    with pytest.raises(Misconfigured):
        ovh(script).zones()


def test_48_void_answers_in_all_forms(script: Script) -> None:
    """OVH's refresh began to answer 204, which broke many clients."""
    for status, body in ((200, None), (204, ""), (200, "")):
        script.then(status, body)
        ovh(script).refresh(ZONE)


def test_an_empty_answer_says_nothing_of_a_new_record(script: Script) -> None:
    script.then(200, "").then(200, "")
    with pytest.raises(OutcomeUnknown):
        ovh(script).write(ZONE, Edit(adds=(txt(ZONE, "MS=ms1"),)), stored=Snapshot.of(ZONE, []))
    with pytest.raises(Busy):
        ovh(script).zones()


def test_only_what_is_missing_is_sent_with_absolute_targets(script: Script) -> None:
    alias, text = cname(f"sip.{ZONE}", "sipdir.online.lync.com"), txt(ZONE, "MS=ms1")
    answer = {"id": 5390038375, "zone": ZONE, "fieldType": "CNAME", "subDomain": "sip"}
    script.then(200, {**answer, "target": "sipdir.online.lync.com.", "ttl": 3600})
    script.then(200, [5390038375]).then(200, [7])
    stored = Snapshot.of(ZONE, [replace(text, id="7")])
    told = ovh(script).write(ZONE, Edit(adds=(alias, text)), stored=stored)
    assert [one.record for one in told if one.outcome is Outcome.WRITTEN] == [alias]
    body = {"fieldType": "CNAME", "subDomain": "sip", "target": "sipdir.online.lync.com."}
    assert script.asked == [
        ("POST", f"/domain/zone/{ZONE}/record", {**body, "ttl": 3600}),
        ("GET", f"/domain/zone/{ZONE}/record?subDomain=sip", None),
        ("GET", f"/domain/zone/{ZONE}/record?subDomain=", None),
    ]


def test_a_record_that_went_while_it_was_read_is_left_out(script: Script) -> None:
    script.then(200, [1]).then(404, {"message": "This service does not exist"})
    assert ovh(script).read(ZONE, names=[ZONE]).records == ()


def test_the_filter_of_names_knows_wildcards_and_is_not_believed(script: Script) -> None:
    other = {"id": 1, "zone": ZONE, "fieldType": "A", "subDomain": "xsip", "ttl": 60}
    script.then(200, [1]).then(200, {**other, "target": "192.0.2.1"})
    assert ovh(script).read(ZONE, names=[f"_sip.{ZONE}"]).records == ()


def test_a_zone_whose_export_is_none_is_read_record_by_record(script: Script) -> None:
    one = {"id": 1, "zone": ZONE, "fieldType": "CNAME", "subDomain": "www", "ttl": 0}
    script.then(200, "the export is not available")
    script.then(200, [1]).then(200, {**one, "target": "a."}).then(200, {"ttl": 7200})
    (found,) = ovh(script).read(ZONE).records
    assert (str(found), found.ttl) == ("www.example.com CNAME a.", 7200)

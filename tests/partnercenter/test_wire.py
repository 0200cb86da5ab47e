"""Microsoft's oddities on the wire end here."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from partnercenter import wire
from partnercenter.types import AddressCheck, Checkout, Customer, DnsRecord, Gdap, Subscription


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2021-01-14T16:57:15.0966728Z", datetime(2021, 1, 14, 16, 57, 15, 96672, UTC)),
        ("2019-01-16T00:48:44.76+00:00", datetime(2019, 1, 16, 0, 48, 44, 760000, UTC)),
        ("2017-04-10T16:02:25-07:00", datetime(2017, 4, 10, 23, 2, 25, 0, UTC)),
        ("2021-07-14T18:02:00", datetime(2021, 7, 14, 18, 2, tzinfo=UTC)),
        ("2015-11-25T06: 41: 12Z", datetime(2015, 11, 25, 6, 41, 12, 0, UTC)),
        ("0001-01-01T00:00:00", None),
        ("0001-01-01T00:00:00+05:00", None),
        ("", None),
        ("soon", None),
        (None, None),
    ],
)
def test_moments(written: str | None, meant: datetime | None) -> None:
    assert wire.moment({"at": written}, "at") == meant


def test_endless_dates_stay_readable_west_of_greenwich() -> None:
    endless = wire.moment({"at": "9999-12-31T23:59:59.9999999-08:00"}, "at")
    assert endless is not None
    assert endless.year == 9999


def test_a_contract_date_is_the_utc_date() -> None:
    assert str(wire.day({"at": "2022-01-13T23:59:59-05:00"}, "at")) == "2022-01-14"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_byte_order_mark_may_be_there(mark: bytes) -> None:
    assert wire.load(mark + b'{"a":1}') == {"a": 1}


def test_amounts_keep_their_digits() -> None:
    value = wire.load(b'{"price": 17.219999999999999, "list": 0.1}')
    assert wire.money(value, "price") == Decimal("17.219999999999999")
    assert wire.money(value, "list") * 3 == Decimal("0.3")
    assert wire.money(value, "missing") == 0


@pytest.mark.parametrize("written", ["NaN", "Infinity", "many", None])
def test_a_number_that_is_none_is_nothing(written: str | None) -> None:
    assert wire.decimal({"n": written}, "n") is None
    assert wire.whole({"n": written}, "n") == 0


def test_member_names_come_in_both_casings() -> None:
    value = wire.load(b'{"Id":"X","CompanyProfile":{"Domain":"a.example"},"Links":[{"Uri":"/a"}]}')
    customer = Customer.parse(value)
    assert customer.domain == "a.example"
    assert value["links"] == [{"uri": "/a"}]


def test_guids_are_lower_case_other_ids_as_written() -> None:
    guid = "A356AC8C-E310-44F4-BF85-C7F29044AF99"
    assert wire.ident({"id": guid}, "id") == guid.lower()
    assert wire.ident({"id": "UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1"}, "id").startswith("UKX")


@pytest.mark.parametrize(
    "collection",
    [{"totalCount": 1, "items": [{"a": 1}]}, [{"a": 1}], {"value": [{"a": 1}]}],
)
def test_collections_come_in_several_envelopes(collection: object) -> None:
    assert wire.items(collection) == [{"a": 1}]


@pytest.mark.parametrize("nothing", [None, {}, [], {"items": None}, {"items": [None]}])
def test_an_empty_collection_is_empty(nothing: object) -> None:
    assert wire.items(nothing) == []


def test_words_never_seen_before_survive() -> None:
    subscription = Subscription.parse({"status": "Hibernating", "novelty": {"x": 1}})
    assert subscription.status == "hibernating"
    assert subscription.quantity == 0
    assert Gdap.parse({"id": "1", "status": "pondering"}).is_active is False


def test_a_subscription_lists_its_refundable_batches() -> None:
    batch = {"quantity": 3, "allowedUntilDateTime": "2021-01-24T20:39:17.182697Z"}
    value = {
        "offerId": "CFQ7TTC0LH18:0001:CFQ7TTC0K971",
        "commitmentEndDate": "2022-01-13T00:00:00Z",
        "refundableQuantity": {"totalQuantity": 3, "details": [batch]},
    }
    subscription = Subscription.parse(value)
    assert (subscription.product_id, subscription.sku_id) == ("CFQ7TTC0LH18", "0001")
    assert subscription.refundable[0].until_at == datetime(2021, 1, 24, 20, 39, 17, 182697, UTC)
    assert Subscription.parse({"refundableQuantity": None}).refundable == ()


def test_a_checkout_may_answer_with_the_bare_order() -> None:
    bare = {"id": "a68736758d9c", "status": "pending", "lineItems": [{"lineItemNumber": 0}]}
    assert Checkout.parse(bare).orders[0].id == "a68736758d9c"
    refused = {"orders": [], "orderErrors": [{"orderGroupId": "0", "code": 800069}]}
    checkout = Checkout.parse(refused)
    assert checkout.errors[0].code == "800069"
    assert not checkout.is_complete


def test_the_old_address_refusal_is_read_like_the_new_one() -> None:
    told = (
        '{"reason":"Field - &#39;City&#39; is corrected","corrected_address":'
        '{"country":"US","region":"WA","city":"BELLEVUE","address_line1":"1 Way"}}'
    )
    check = AddressCheck.parse_refusal(told)
    assert not check.is_good
    assert check.suggestions[0].city == "BELLEVUE"
    assert check.message == "Field - 'City' is corrected"


def test_a_record_without_its_type_is_known_by_its_annotation() -> None:
    record = DnsRecord.parse({"@odata.type": "#microsoft.graph.domainDnsCnameRecord"})
    assert record.record_type == "CName"

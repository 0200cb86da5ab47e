"""How each kind of call is asked and understood."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime

import httpx
import pytest

from common.errors import Busy, NotFound, OutcomeUnknown, Refused
from partnercenter import requests
from partnercenter.types import Address
from tests.partnercenter.microsoft import CUSTOMER, Microsoft, ok, refused

SHEET = (
    b'"ProductTitle","ProductId","SkuId","SkuTitle","TermDuration","BillingPlan","Market",'
    b'"Currency","UnitPrice","EffectiveStartDate","EffectiveEndDate","Tags","ERP Price"\r\n'
    b'"Basic","CFQ7TTC0LH18","0001","Basic","P1Y","Annual","FR","EUR","57.6",'
    b'"2/1/2024 12:00:00 AM","12/31/9999 11:59:59 PM","License","72"\r\n'
)


def test_every_call_says_what_it_is() -> None:
    microsoft = Microsoft(ok({}))
    microsoft.client(locale="fr-FR").own_profile()
    (asked,) = microsoft.asked
    assert len(asked.headers["MS-RequestId"]) == 36
    assert asked.headers["MS-CorrelationId"] == asked.headers["MS-RequestId"]
    assert asked.headers["Accept"] == "application/json"
    assert asked.headers["X-Locale"] == "fr-FR"


def test_a_write_waits_three_minutes_and_a_live_check_three_seconds() -> None:
    microsoft = Microsoft(ok({"orders": []}, 201), httpx.Response(404))
    client = microsoft.client()
    request = requests.checkout_cart(customer_id=CUSTOMER, cart_id="c")
    client.checkout_cart(request, request_id="r")
    client.domain_is_taken(prefix="bakery", timeout=3)
    write, check = (asked.extensions["timeout"] for asked in microsoft.asked)
    assert (write["read"], write["connect"]) == (180, 10)
    assert (check["read"], check["connect"]) == (3, 3)


def test_a_domain_is_taken_when_it_is_found() -> None:
    client = Microsoft(httpx.Response(200), httpx.Response(404), httpx.Response(500)).client()
    assert client.domain_is_taken(prefix="bakery") is True
    assert client.domain_is_taken(prefix="bakery") is False
    with pytest.raises(Busy):
        client.domain_is_taken(prefix="bakery")


def test_customers_come_page_by_page() -> None:
    following = {
        "uri": "/customers?size=1&seekOperation=Next",
        "headers": [{"key": "MS-ContinuationToken", "value": "more=="}],
    }
    microsoft = Microsoft(
        ok({"items": [{"id": "a"}], "links": {"next": following}}), ok({"items": [{"id": "b"}]})
    )
    found = list(microsoft.client().customers(domain="bakery", page_size=1))
    assert [customer.id for customer in found] == ["a", "b"]
    first, second = microsoft.asked
    assert '"Field":"Domain"' in first.url.params["filter"]
    assert second.url.path == "/v1/customers"
    assert second.headers["MS-ContinuationToken"] == "more=="


def test_graph_pages_are_followed() -> None:
    link = "http://graph.local/v1.0/domains?$skiptoken=x"
    microsoft = Microsoft(
        ok({"value": [{"id": "A.example"}], "@odata.nextLink": link}),
        ok({"value": [{"id": "b.example"}]}),
    )
    found = microsoft.client().domains(customer_id=CUSTOMER)
    assert [domain.id for domain in found] == ["a.example", "b.example"]
    assert microsoft.asked[1].url.params["$skiptoken"] == "x"


def test_an_answer_without_an_id_leaves_the_outcome_unknown() -> None:
    request = requests.add_domain(customer_id=CUSTOMER, name="contoso.example")
    with pytest.raises(OutcomeUnknown):
        Microsoft(ok({}, 201)).client().add_domain(request, request_id="r")


def test_a_change_may_be_accepted_for_later() -> None:
    where = f"/customers/{CUSTOMER}/subscriptions/s1"
    done = {"id": "s1", "quantity": 8}
    microsoft = Microsoft(httpx.Response(202, headers={"Location": where}), ok(done))
    client = microsoft.client()
    resource = {"id": "s1", "quantity": 5}
    request = requests.change_seats(customer_id=CUSTOMER, resource=resource, quantity=8)
    change = client.change_subscription(request, request_id="r")
    assert change.is_pending
    later = client.subscription_change(
        location=change.location, customer_id=CUSTOMER, subscription_id="s1"
    )
    assert later.subscription is not None
    assert later.subscription.quantity == 8
    assert microsoft.asked[1].url.path == f"/v1{where}"


def test_the_resource_is_given_as_it_was_written() -> None:
    told = {"Id": "S1", "price": 17.22, "Novelty": [1]}
    resource = (
        Microsoft(ok(told)).client().subscription_resource(customer_id="c", subscription_id="S1")
    )
    assert resource == told


def test_an_older_cloud_resets_passwords_on_the_user() -> None:
    microsoft = Microsoft(httpx.Response(404), ok({"id": "u"}))
    request = requests.reset_password(customer_id=CUSTOMER, user_id="u", password="new")
    assert microsoft.client().reset_password(request, request_id="r").id == "u"
    assert microsoft.asked[1].url.path.endswith("/users/u")
    unknown_user = Microsoft(refused(404, 2083))
    with pytest.raises(NotFound):
        unknown_user.client().reset_password(request, request_id="r")


def test_a_domain_microsoft_does_not_see_yet_is_not_verified() -> None:
    told = {"error": {"code": "Request_BadRequest", "message": "record not found"}}
    microsoft = Microsoft(httpx.Response(400, json=told), ok({"id": "a.example"}))
    request = requests.verify_domain(customer_id=CUSTOMER, name="a.example")
    assert microsoft.client().verify_domain(request, request_id="r").is_verified is False


@pytest.mark.parametrize("packed", [False, True])
def test_the_price_sheet_is_read_row_by_row(packed: bool) -> None:
    sheet = b"\xef\xbb\xbf" + SHEET
    if packed:
        box = io.BytesIO()
        with zipfile.ZipFile(box, "w") as archive:
            archive.writestr("sheets.csv", sheet)
        sheet = box.getvalue()
    (row,) = Microsoft(httpx.Response(200, content=sheet)).client().prices(market="FR")
    assert (row.product_id, row.unit_price) == ("CFQ7TTC0LH18", Decimal("57.6"))
    assert row.erp_price == 72
    assert row.starts_at == datetime(2024, 2, 1, tzinfo=UTC)


def test_a_missing_price_sheet_is_not_found() -> None:
    told = {"error": {"code": "NotFound", "message": "no sheet"}}
    with pytest.raises(NotFound):
        list(Microsoft(httpx.Response(404, json=told)).client().prices(market="XX"))


def test_microsofts_clock_is_read_from_every_answer() -> None:
    ahead = timedelta(days=8)
    date = format_datetime(datetime.now(UTC) + ahead, usegmt=True)
    heard: list[timedelta] = []
    microsoft = Microsoft(*[ok({}, 200, Date=date) for _ in range(3)], ok({}, 200, Date="soon"))
    client = microsoft.client(on_clock=heard.append)
    assert client.server_time() is None
    for _ in range(4):
        client.own_profile()
    assert abs(client.clock_offset - ahead) < timedelta(seconds=3)
    assert len(heard) == 1
    assert client.server_time() is not None


def test_the_records_of_the_enabled_services_are_microsofts_own() -> None:
    record = {
        "@odata.type": "#microsoft.graph.domainDnsMxRecord",
        "label": "a.example",
        "recordType": "Mx",
        "supportedService": "Email",
        "ttl": 3600,
        "mailExchange": "a-example.mail.protection.outlook.com",
        "preference": 0,
    }
    microsoft = Microsoft(httpx.Response(204), ok({"value": [record]}))
    client = microsoft.client()
    request = requests.enable_services(customer_id=CUSTOMER, name="a.example", services=["Email"])
    client.enable_services(request, request_id="r")
    (found,) = client.service_records(customer_id=CUSTOMER, name="a.example")
    assert (found.record_type, found.preference) == ("Mx", 0)
    assert found.mail_exchange == "a-example.mail.protection.outlook.com"
    assert microsoft.asked[0].content == b'{"supportedServices":["Email"]}'


def test_a_domain_microsoft_sees_is_verified() -> None:
    request = requests.verify_domain(customer_id=CUSTOMER, name="a.example")
    microsoft = Microsoft(ok({"id": "a.example", "isVerified": True}))
    assert microsoft.client().verify_domain(request, request_id="r").is_verified


def test_a_domain_that_is_not_there_cannot_be_verified() -> None:
    told = {"error": {"code": "Request_ResourceNotFound", "message": "no"}}
    request = requests.verify_domain(customer_id=CUSTOMER, name="a.example")
    with pytest.raises(NotFound):
        Microsoft(httpx.Response(404, json=told)).client().verify_domain(request, request_id="r")


def test_seats_are_counted_in_the_tenant() -> None:
    sku = {"id": "S", "name": "Basic", "skuPartNumber": "O365_BUSINESS_ESSENTIALS"}
    units = {"activeUnits": 5, "consumedUnits": 3, "availableUnits": 2, "totalUnits": 5}
    microsoft = Microsoft(ok({"items": [{**units, "productSku": sku}]}))
    (found,) = microsoft.client().subscribed_skus(customer_id=CUSTOMER)
    assert (found.name, found.active, found.consumed, found.available) == ("Basic", 5, 3, 2)


def test_a_role_is_given() -> None:
    request = requests.assign_role(
        customer_id=CUSTOMER,
        role_id="role",
        user_id="u",
        display_name="Léo",
        user_principal_name="leo@a.example",
    )
    microsoft = Microsoft(ok({"id": "u", "displayName": "Léo"}, 201))
    assert microsoft.client().assign_role(request, request_id="r").display_name == "Léo"
    assert microsoft.asked[0].url.path.endswith("/directoryroles/role/usermembers")


def test_an_address_refused_the_old_way_is_not_good() -> None:
    client = Microsoft(refused(400, 2007, '{"reason":"no such street"}')).client()
    check = client.validate_address(address=Address(line1="x", city="y", country="FR"))
    assert (check.is_good, check.message) == (False, "no such street")
    with pytest.raises(Refused):
        Microsoft(refused(400, 2000)).client().validate_address(
            address=Address(line1="x", city="y", country="FR")
        )


def test_customers_are_filtered_by_one_member_only() -> None:
    with pytest.raises(ValueError, match="one member"):
        list(Microsoft().client().customers(domain="a", company_name="b"))

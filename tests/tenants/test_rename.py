"""The pencil beside the display name: only the panel's own name changes."""

import pytest

from journal.models import Event
from tenants.models import Tenant
from tests.people import People


def test_an_operator_gives_another_name(people: People, tenant: Tenant) -> None:
    address = f"/services/{tenant.service_name}/rename/"
    assert 'value="Contoso Bakery"' in people.operator.get(address).content.decode()
    answer = people.operator.post(address, {"display_name": "  The bakery "}, follow=True)
    assert "The display name is changed." in answer.content.decode()
    tenant.refresh_from_db()
    assert (tenant.display_name, tenant.company) == ("The bakery", "Contoso Bakery")
    event = Event.objects.get(kind="tenant.renamed")
    assert event.data == {"before": "Contoso Bakery", "after": "The bakery"}
    assert event.by_label == "operator@northwind.example"


def test_the_same_name_is_no_event(people: People, tenant: Tenant) -> None:
    address = f"/services/{tenant.service_name}/rename/"
    people.operator.post(address, {"display_name": tenant.display_name})
    assert not Event.objects.filter(kind="tenant.renamed").exists()


@pytest.mark.parametrize(
    ("name", "sentence"), [("", "required"), ("   ", "required"), ("n" * 101, "at most 100")]
)
def test_a_wrong_name_gets_a_sentence(
    people: People, tenant: Tenant, name: str, sentence: str
) -> None:
    address = f"/services/{tenant.service_name}/rename/"
    page = people.operator.post(address, {"display_name": name})
    assert page.status_code == 422
    html = page.content.decode()
    assert 'aria-describedby="id_display_name_error"' in html
    assert sentence in html.split('id="id_display_name_error"')[1]
    tenant.refresh_from_db()
    assert tenant.display_name == "Contoso Bakery"


@pytest.mark.parametrize("name", ["", " ", "n" * 101])
def test_a_wrong_name_through_rest(people: People, tenant: Tenant, name: str) -> None:
    address = f"/api/v1/tenants/{tenant.service_name}"
    answer = people.api("operator").patch(address, {"display_name": name}, format="json")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["display_name"]


def test_through_rest(people: People, tenant: Tenant) -> None:
    address = f"/api/v1/tenants/{tenant.service_name}"
    answer = people.api("operator").patch(address, {"display_name": "Bakery"}, format="json")
    assert answer.json()["display_name"] == "Bakery"
    assert people.api("viewer").get(address).json()["display_name"] == "Bakery"

"""Settings of an account, the person's profile, and people who work for several accounts."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts import services
from accounts.models import Account, Membership, PartnerId, PartnerState, User
from accounts.regions import COUNTRIES, DEFAULT_CURRENCY, Region
from common.refusals import Impossible
from journal.models import Event
from tests.people import People

PAGE = "/account/settings/"
GOOD = {
    "name": "Northwind Cloud",
    "region": "eu",
    "country": "BE",
    "language": "fr",
    "time_zone": "Europe/Brussels",
    "currency": "EUR",
    "spend_limit": "500.00",
}


def test_an_owner_changes_the_settings(people: People) -> None:
    page = people.owner.post(PAGE, GOOD, follow=True).content.decode()
    assert "Northwind Cloud" in page
    account = Account.objects.get(pk=people.northwind.account.pk)
    assert (account.country, account.spend_limit) == ("BE", Decimal("500.00"))
    event = Event.objects.get(kind="account.changed")
    assert event.data["before"]["country"] == "FR"
    assert event.data["after"]["country"] == "BE"


def test_saving_without_a_change_is_no_event(people: People) -> None:
    people.owner.post(PAGE, GOOD)
    people.owner.post(PAGE, GOOD)
    assert Event.objects.filter(kind="account.changed").count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("country", "US"), ("time_zone", "Mars/Base"), ("spend_limit", "-1")],
)
def test_what_cannot_be_is_refused_beside_its_field(people: People, field: str, value: str) -> None:
    page = people.owner.post(PAGE, {**GOOD, field: value})
    assert field in page.context["form"].errors
    assert not Event.objects.filter(kind="account.changed").exists()


def test_only_owners_come_here(people: People) -> None:
    assert people.viewer.get(PAGE).status_code == 403
    assert people.viewer.post(PAGE, GOOD).status_code == 403


def test_only_regions_with_a_connection_are_offered(people: People) -> None:
    form = people.owner.get(PAGE).context["form"]
    assert [value for value, _label in form.fields["region"].choices] == ["eu"]


class TestRegions:
    def test_a_new_region_brings_its_currency(self, people: People) -> None:
        PartnerId.objects.update(state=PartnerState.REMOVED)
        account = self._change(people, region="uk", country="GB")
        assert account.currency == "GBP"

    def test_unless_one_is_chosen_with_it(self, people: People) -> None:
        PartnerId.objects.update(state=PartnerState.REMOVED)
        account = self._change(people, region="uk", country="GB", currency="USD")
        assert account.currency == "USD"

    def test_it_stays_while_mpn_ids_are_registered(self, people: People) -> None:
        with pytest.raises(Impossible, match="while MPN IDs are registered"):
            self._change(people, region="uk", country="GB")

    def test_a_country_outside_it(self, people: People) -> None:
        with pytest.raises(Impossible, match="not in the region"):
            self._change(people, country="GB")

    def test_each_has_countries_and_a_currency(self) -> None:
        assert set(COUNTRIES) == set(DEFAULT_CURRENCY) == set(Region)

    def _change(self, people: People, **facts: Any) -> Account:
        account, by = people.northwind.account, people.user("owner").by
        return services.change_account(account=account, facts=facts, by=by)


def test_the_language_of_a_person(people: People) -> None:
    sent = {"first_name": "Ada", "last_name": "", "language": "fr"}
    answer = people.viewer.post("/account/profile/", sent)
    assert answer.cookies["django_language"].value == "fr"
    user = User.objects.get(pk=people.user("viewer").pk)
    assert (user.first_name, user.language) == ("Ada", "fr")
    other_browser = Client()
    other_browser.force_login(user)
    assert 'lang="fr"' in other_browser.get("/account/profile/").content.decode()


def test_the_switch_in_the_header_becomes_the_persons_language(people: People) -> None:
    people.viewer.cookies["django_language"] = "fr"
    assert 'lang="fr"' in people.viewer.get("/account/profile/").content.decode()
    assert User.objects.get(pk=people.user("viewer").pk).language == "fr"


def test_working_for_several_accounts(people: People) -> None:
    fabrikam = people.fabrikam.account
    Membership.objects.create(account=fabrikam, user=people.user("viewer"), role="owner")
    assert "Fabrikam" in people.viewer.get("/account/profile/").content.decode()

    people.viewer.post("/account/switch/", {"account": fabrikam.pk, "next": PAGE})
    assert people.viewer.get(PAGE).context["actor"].account == fabrikam

    people.viewer.post("/account/switch/", {"account": people.northwind.account.pk})
    assert people.viewer.get(PAGE).status_code == 403


def test_nobody_switches_to_a_foreign_account(people: People) -> None:
    for wanted in (people.fabrikam.account.pk, 999_999):
        answer = people.owner.post("/account/switch/", {"account": wanted})
        assert answer.status_code == 404
    answer = people.owner.post("/account/switch/", {"account": "x"})
    assert answer.headers["Location"] == "/account/profile/"


def test_the_switch_leads_nowhere_else(people: People) -> None:
    sent = {"account": people.northwind.account.pk, "next": "https://evil.example/"}
    answer = people.owner.post("/account/switch/", sent)
    assert "evil.example" not in answer.headers["Location"]

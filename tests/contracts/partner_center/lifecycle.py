"""From an order to the end of a contract."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from common.errors import Refused, Stale
from partnercenter import PartnerCenter, requests
from partnercenter.request import Request
from partnercenter.types import CreatedCustomer, NextTerm, Renewal, Subscription, WantedLine
from tests.contracts.partner_center.commerce import CommerceStories
from tests.contracts.partner_center.ground import new_id, soon

Build = Callable[[dict[str, object]], Request]


class LifecycleStories(CommerceStories):
    """What was chosen for the end is read back as chosen."""

    def changed(
        self, client: PartnerCenter, customer_id: str, subscription_id: str, build: Build
    ) -> Subscription:
        self.change(client, customer_id, subscription_id, build)
        return client.subscription(customer_id=customer_id, subscription_id=subscription_id)

    @pytest.mark.parametrize("choice", ["cancel", "extend", "renew"])
    def test_the_end_of_a_term_is_chosen(
        self, client: PartnerCenter, created: CreatedCustomer, choice: Renewal
    ) -> None:
        customer_id = created.customer.id
        bought = self.buy(client, customer_id)
        assert bought.end_choice == "renew"
        shown = self.changed(
            client,
            customer_id,
            bought.id,
            lambda resource: requests.choose_renewal(
                customer_id=customer_id, resource=resource, choice=choice
            ),
        )
        assert (shown.end_choice, shown.auto_renew) == (choice, choice == "renew")

    def test_a_change_waits_for_the_renewal(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        customer_id = created.customer.id
        bought = self.buy(client, customer_id)
        wanted = NextTerm(
            product_id=bought.product_id,
            sku_id=bought.sku_id,
            availability_id=bought.availability_id,
            term_duration="P1Y",
            billing_cycle="Monthly",
            quantity=2,
        )
        scheduled = self.changed(
            client,
            customer_id,
            bought.id,
            lambda resource: requests.schedule_next_term(
                customer_id=customer_id, resource=resource, next_term=wanted
            ),
        )
        assert scheduled.quantity == 5
        assert scheduled.next_term is not None
        assert (scheduled.next_term.quantity, scheduled.next_term.term_duration) == (2, "P1Y")
        cleared = self.changed(
            client,
            customer_id,
            bought.id,
            lambda resource: requests.clear_schedule(customer_id=customer_id, resource=resource),
        )
        assert (cleared.next_term, cleared.end_choice) == (None, "renew")

    def test_a_plan_gets_longer(self, client: PartnerCenter, created: CreatedCustomer) -> None:
        customer_id = created.customer.id
        bought = self.buy(client, customer_id)
        assert bought.billing_cycle_end_at is not None
        shown = self.changed(
            client,
            customer_id,
            bought.id,
            lambda resource: requests.change_plan(
                customer_id=customer_id, resource=resource, term="P1Y", billing_cycle="Annual"
            ),
        )
        assert (shown.term_duration, shown.billing_cycle.lower()) == ("P1Y", "annual")

    def test_a_subscription_is_upgraded(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        customer_id = created.customer.id
        bought = self.buy(client, customer_id)
        targets = client.transition_eligibilities(
            customer_id=customer_id, subscription_id=bought.id
        )
        target = next(target for target in targets if target.is_eligible)
        option = next(option for option in target.options if option.is_eligible)
        request = requests.transition(
            customer_id=customer_id,
            subscription_id=bought.id,
            from_catalog_item_id=bought.offer_id,
            to_catalog_item_id=target.catalog_item_id,
            quantity=bought.quantity,
            term=bought.term_duration,
            billing_cycle=bought.billing_cycle,
            transition_type=option.transition_type,
        )
        asked = client.transition(request, request_id=new_id())
        assert asked.quantity == bought.quantity

        def done() -> bool:
            (found,) = client.transitions(customer_id=customer_id, subscription_id=bought.id)
            return found.status == "completed" and bool(found.to_subscription_id)

        soon(done)

    def test_a_first_term_ends_with_another(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        customer_id = created.customer.id
        bought = self.buy(client, customer_id)
        term = bought.term_duration
        ends = client.custom_term_end_dates(customer_id=customer_id, term=term)
        (chosen,) = [end for end in ends if bought.id in end.subscription_ids]
        assert chosen.ends_at is not None
        line = WantedLine(
            catalog_item_id=bought.offer_id,
            quantity=1,
            billing_cycle=bought.billing_cycle,
            term_duration=term,
            mpn_id=self.MPN_ID,
        )
        create = requests.create_cart(customer_id=customer_id, lines=[line])
        cart = client.create_cart(create, request_id=new_id())
        shorter = replace(line, custom_term_end_date=chosen.ends_at.date())
        update = requests.update_cart(customer_id=customer_id, cart_id=cart.id, lines=[shorter])
        changed = client.update_cart(update, request_id=new_id())
        assert (changed.id, changed.errors) == (cart.id, ())
        assert str(changed.lines[0].members["customTermEndDate"]).startswith(
            chosen.ends_at.date().isoformat()
        )

    def test_promotions_are_told_for_a_line(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        (promotion, *_) = client.promotions(country="FR", segment="commercial")
        found = client.promotion(promotion_id=promotion.id, country="FR")
        assert found == promotion
        assert promotion.products[0].policies[0].value
        product = promotion.products[0]
        (item, *_) = client.availabilities(
            product_id=product.product_id, sku_id=product.sku_id, country="FR"
        )
        line = WantedLine(
            catalog_item_id=item.catalog_item_id,
            quantity=1,
            billing_cycle=product.billing_cycle,
            term_duration=product.term_duration,
        )
        (told,) = client.promotion_eligibilities(customer_id=created.customer.id, lines=[line])
        assert promotion.id in [choice.promotion_id for choice in told.choices]

    def test_a_school_asks_for_its_segment(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        customer_id = created.customer.id
        request = requests.qualify(
            customer_id=customer_id,
            qualification="Education",
            education_segment="K12",
            website="https://school.example",
        )
        asked = client.qualify(request, request_id=new_id())
        assert (asked.name, asked.vetting_status) == ("Education", "InReview")
        found = client.qualifications(customer_id=customer_id)
        assert "Education" in [each.name for each in found]

    def test_a_profile_changes_only_from_its_last_version(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        customer_id = created.customer.id
        read = client.billing_profile(customer_id=customer_id)
        first = replace(read, email="new@contoso-bakery.example")
        update = requests.update_billing_profile(customer_id=customer_id, profile=first)
        assert client.update_billing_profile(update, request_id=new_id()).email == first.email
        stale = requests.update_billing_profile(
            customer_id=customer_id, profile=replace(read, email="late@contoso-bakery.example")
        )
        with pytest.raises(Stale):
            client.update_billing_profile(stale, request_id=new_id())
        assert client.billing_profile(customer_id=customer_id).email == first.email

    def test_a_relationship_ends_when_nothing_runs(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        customer_id = created.customer.id
        bought = self.buy(client, customer_id)
        with pytest.raises(Refused):
            client.drop_relationship(
                requests.drop_relationship(customer_id=customer_id), request_id=new_id()
            )
        self.change(
            client,
            customer_id,
            bought.id,
            lambda resource: requests.suspend_subscription(
                customer_id=customer_id, resource=resource
            ),
        )
        client.drop_relationship(
            requests.drop_relationship(customer_id=customer_id), request_id=new_id()
        )
        found = list(client.customers(domain=created.customer.domain))
        assert [customer for customer in found if customer.is_ours] == []

    def test_changes_leave_records(self, client: PartnerCenter, created: CreatedCustomer) -> None:
        since = datetime.now(UTC) - timedelta(hours=1)
        found = soon(
            lambda: list(client.audit_records(since=since, customer_id=created.customer.id))
        )
        assert {record.customer_id for record in found} == {created.customer.id}

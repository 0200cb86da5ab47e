"""An owner limits members to services; what each of them sees follows at once, by every door."""

import re
from itertools import combinations

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.access import Actor, actor_of_feed
from accounts.models import CalendarFeed, Invitation, Membership, ReachKind, Role, User, reaching
from accounts.operations.access import events_for
from accounts.reach import Reach
from accounts.tokens import digest_of
from journal import services as journal
from journal.models import Event
from panel.home.recent import recent
from tenants.access import tenants_of
from tenants.models import Tenant
from tests.people import PASSWORD, People

INVITE = "/account/members/invite/"


def services(people: People, number: int) -> list[Tenant]:
    common = {"account": people.northwind.account, "partner_id": people.northwind.partner_id}
    return Tenant.objects.bulk_create(
        Tenant(service_name=f"s{n:03}.onmicrosoft.com", display_name=f"Shop {n:03}", **common)
        for n in range(number)
    )


def member(people: People, who: str) -> Membership:
    return Membership.objects.get(user=people.user(who))


def names(client: Client) -> list[str]:
    rows = client.get("/lists/services/json/").getvalue().decode()  # type: ignore[attr-defined]
    return re.findall(r"Shop \d+", rows)


def test_an_owner_limits_a_member_and_takes_it_back(people: People) -> None:
    first, second, third = services(people, 3)
    manager = member(people, "manager")
    url, api = f"/account/members/{manager.pk}/", people.api("manager")
    sent = {"role": "operator", "reach": "only", "tenant": [first.pk, third.pk], "save": "1"}

    assert people.owner.post(url, sent).status_code == 302

    assert names(people.manager) == ["Shop 000", "Shop 002"]
    assert people.manager.get(second.get_absolute_url()).status_code == 404
    assert len(api.get("/api/v1/tenants").json()["results"]) == 2
    event = Event.objects.get(kind="member.reach_changed")
    assert event.data["before"] == {"reach": "all", "services": []}
    assert event.data["after"] == {"reach": "only", "services": [first.pk, third.pk]}
    assert Event.objects.get(kind="member.role_changed").data["after"] == "operator"
    page = people.owner.get(url).content.decode()
    assert f'value="{third.pk}" id="tenant-{third.pk}" checked' in page
    assert "2 services" in people.viewer.get("/account/members/").content.decode()
    rows = people.api("viewer").get("/api/v1/members").json()["results"]
    assert {"only", "all"} == {row["reach"] for row in rows}

    people.owner.post(url, {**sent, "reach": "except"})
    assert names(people.manager) == ["Shop 001"]
    [newcomer] = Tenant.objects.bulk_create(
        [Tenant(service_name="new.onmicrosoft.com", display_name="Shop 999",
                account=first.account, partner_id=first.partner_id)]
    )  # fmt: skip
    assert names(people.manager) == ["Shop 001", "Shop 999"]
    people.owner.post(url, {**sent, "reach": "only"})
    assert people.manager.get(newcomer.get_absolute_url()).status_code == 404

    people.owner.post(url, {**sent, "reach": "all"})
    assert len(names(people.manager)) == 4
    assert (
        not Event.objects.filter(kind="member.reach_changed").latest("pk").data["after"]["services"]
    )


def test_what_makes_no_sense_is_refused_beside_the_field(people: People) -> None:
    [mine] = services(people, 1)
    theirs = Tenant.objects.create(
        account=people.fabrikam.account,
        partner_id=people.fabrikam.partner_id,
        service_name="theirs.onmicrosoft.com",
    )
    url = f"/account/members/{member(people, 'viewer').pk}/"
    for sent, sentence in (
        ({"reach": "only"}, "Choose at least one service."),
        ({"reach": "except"}, "Choose at least one service."),
        ({"reach": "except", "tenant": [mine.pk]}, "Leave at least one service to see."),
        ({"reach": "only", "tenant": [theirs.pk]}, "Choose services of your account."),
        ({"role": "owner", "reach": "only", "tenant": [mine.pk]}, "An owner always sees all"),
    ):
        answer = people.owner.post(url, {"role": "viewer", "save": "1", **sent})
        assert answer.status_code == 422, sent
        assert sentence in answer.content.decode(), sent
        if "tenant" in sent and mine.pk in sent["tenant"]:
            assert f'value="{mine.pk}" id="tenant-{mine.pk}" checked' in answer.content.decode()
    assert not Membership.objects.exclude(reach="all").exists()
    last = f"/account/members/{member(people, 'owner').pk}/"
    refused = people.owner.post(last, {"role": "viewer", "reach": "all", "save": "1"})
    assert "An account needs an owner." in refused.content.decode()
    rows = Membership.objects.filter(role="owner")
    for broken in ({"reach": "only", "chosen": [mine.pk]}, {"chosen": [mine.pk]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**broken)


def test_ticks_survive_search_and_pages_without_a_script(people: People) -> None:
    rows = services(people, 120)
    url = f"/account/members/{member(people, 'viewer').pk}/"
    sent = {"role": "operator", "reach": "except", "tenant": [rows[0].pk], "to_page": "2"}
    page = people.owner.post(url, sent)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Shop 050" in text and "Shop 049" not in text.split("id_chosen")[1]
    assert f'name="kept" value="{rows[0].pk}"' in text
    assert 'value="except" id="id_reach_2" checked' in text

    sent = {**sent, "kept": str(rows[0].pk), "tenant": [rows[60].pk], "search": "Shop 11"}
    text = people.owner.post(url, {**sent, "to_page": "1", "look": "1"}).content.decode()
    assert text.split("id_chosen")[1].count('name="tenant"') == 10
    kept = f"{rows[0].pk},{rows[60].pk}"
    assert f'name="kept" value="{kept}"' in text
    last = {"role": "operator", "reach": "except", "kept": kept, "save": "1"}
    people.owner.post(url, {**last, "tenant": [rows[119].pk]})
    assert member(people, "viewer").chosen == [rows[0].pk, rows[60].pk, rows[119].pk]


def test_an_invitation_brings_its_limits_and_who_did_what_is_shown(
    people: People, run_journal: object
) -> None:
    _first, second = services(people, 2)
    wish = {"email": "new@northwind.example", "role": "manager", "reach": "only"}
    assert people.viewer.get(INVITE).status_code == 403
    refused = people.owner.post(INVITE, {**wish, "save": "1"}).content.decode()
    assert "Choose at least one" in refused and wish["email"] in refused
    people.owner.post(INVITE, {**wish, "tenant": [second.pk], "save": "1"})
    assert Invitation.objects.get().chosen == [second.pk]
    run_journal()  # type: ignore[operator]
    link = re.search(r"https?://[^/]+(/account/invitation/[\w-]+/)", str(mail.outbox[-1].body))
    assert link
    browser = Client()
    newcomer = User.objects.create_user(wish["email"], PASSWORD)
    browser.force_login(newcomer)
    browser.post(link[1])
    assert names(browser) == ["Shop 001"]

    path = second.get_absolute_url() + "rename/"
    browser.post(path, {"display_name": "Shop 777"})
    pk = Membership.objects.get(user=newcomer).pk
    page = people.owner.get(f"/account/members/{pk}/").content.decode()
    did = page.split('id="did-h"')[1]
    assert "Service renamed" in did and "Shop 777" in did


def test_only_and_except_part_the_account(people: People) -> None:
    """Of tenants, of events, and of those who are told by mail."""
    rows = services(people, 4)
    account, user = people.northwind.account, people.user("manager")
    for row in rows:
        journal.record(kind="tenant.renamed", account_id=account.pk, subject=row.key)
    journal.record(kind="account.changed", account_id=account.pk, subject=account.key)
    everything = {row.pk for row in rows}
    for size in range(len(rows) + 1):
        for chosen in combinations(sorted(everything), size):
            seen, told = [], []
            for kind in (ReachKind.ONLY, ReachKind.EXCEPT):
                actor = Actor(user, account, Role.MANAGER, Reach(kind, frozenset(chosen)))
                seen.append(set(tenants_of(actor).values_list("pk", flat=True)))
                told.append(set(events_for(actor).values_list("subject", flat=True)))
                assert {one.tenant.pk for one in recent(actor) if one.tenant} == seen[-1]
            assert seen[0] == set(chosen) and seen[1] == everything - seen[0]
            assert told == [{f"tenant:{pk}" for pk in part} for part in seen]


def test_who_is_told_and_the_feed_follow_the_reach(people: People) -> None:
    first, second = services(people, 2)
    manager = Membership.objects.filter(user=people.user("manager"))
    manager.update(reach="only", chosen=[first.pk])
    CalendarFeed.objects.create(
        account=first.account, user=people.user("manager"), digest=digest_of("s")
    )
    assert list(tenants_of(actor_of_feed("s"))) == [first]
    for kind, sees, not_sees in (("only", first, second), ("except", second, first)):
        manager.update(reach=kind)
        assert manager.filter(reaching(sees.pk)).exists()
        assert not manager.filter(reaching(not_sees.pk)).exists()
        assert not manager.filter(reaching(None)).exists()

"""Tasks, domains, members and invitations: the same table, each with its own words and rights."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from accounts.models import Invitation
from dnsconfig.models import Domain, HealthCheck, ZoneConnection
from journal import services as journal
from journal.models import Operation, State
from panel.lists.lists import LISTS
from subscriptions.models import Subscription
from tests.panel.lists.pages import page_of, rows_of
from tests.people import People, Reseller

Shop = list[Subscription]
NEW = ("operations", "domains", "members", "invitations", "audit")


def add_tasks(people: People, shop: Shop, number: int = 3) -> list[Operation]:
    """Of each state in turn, each of another service."""
    made = []
    for count in range(number):
        held = shop[count % 3]
        made.append(
            journal.ask(
                kind="subscription.change_seats", account_id=people.northwind.account.pk,
                subject=held.key, listed_under=held.tenant.key, by=people.user("manager").by,
            )
        )  # fmt: skip
        state = [State.TODO, State.ERROR, State.DONE][count % 3]
        text = "Microsoft sells at most 300 seats." if state == State.ERROR else ""
        Operation.objects.filter(pk=made[-1].pk).update(
            state=state, next_actor="reseller", error_text=text
        )
    return made


def add_domains(reseller: Reseller, shop: Shop, number: int = 3) -> list[Domain]:
    """One that is added, one verified, one configured and looked at."""
    connection, _new = ZoneConnection.objects.get_or_create(
        account=reseller.account, provider="ovh", label="OVH", defaults={"keys": {}}
    )
    made = []
    for count in range(number):
        state, count = count % 3, Domain.objects.count()
        name = f"xn--dlice{count}-bva.example" if count else "bakery0.example"
        domain = Domain.objects.create(
            tenant=shop[count % 3].tenant, connection=connection, name=name, zone=name,
            verified_at=now() if state else None, configured_at=now() if state == 2 else None,
            services=["Email"] if state == 2 else [],
        )  # fmt: skip
        if state == 2:
            HealthCheck.objects.create(domain=domain, checked_at=now(), score=40, results=[])
            HealthCheck.objects.create(domain=domain, checked_at=now(), score=85, results=[])
        made.append(domain)
    return made


def test_tasks(people: People, shop: Shop) -> None:
    todo, failed, done = add_tasks(people, shop)
    journal.ask(
        kind="partner.check", account_id=people.fabrikam.account.pk, subject="x", by=todo_by(people)
    )
    page = page_of(people.viewer, "/operations/")
    assert len(rows_of(page)) == 3
    assert f'href="/operations/{done.pk}/"' in page
    assert "Microsoft sells at most 300 seats." in page
    assert "Bakery 002" in page
    assert (
        people.viewer.get("/tasks/?state=error").headers["Location"] == "/operations/?state=error"
    )
    found = {
        "state=error": [failed], "state=melted": [done, failed, todo], "next_actor=reseller":
        [failed, todo], "service=bakery+002": [done], f"search=%23{todo.pk}": [todo],
        "search=300+seats": [failed], "search=NUMBER+of+licences": [done, failed, todo],
        "search=manager@": [done, failed, todo], "since=2999-01-01": [], "sort=created":
        [todo, failed, done], "search=%C2%B2": [],
    }  # fmt: skip
    for query, rows in found.items():
        shown = page_of(people.viewer, f"/operations/?{query}&columns=id")
        numbers = [part.partition("<")[0] for part in shown.split('"Task number">#')[1:]]
        assert numbers == [str(row.pk) for row in rows], query


def todo_by(people: People) -> object:
    return people.user("stranger").by


def test_domains(people: People, shop: Shop) -> None:
    names = [str(domain) for domain in add_domains(people.northwind, shop)]
    page = page_of(people.viewer, "/domains/")
    assert rows_of(page) == sorted(names, key=lambda name: name.encode("idna"))
    assert 'class="num">85</td>' in page  # of the latest look
    assert (
        f'href="/services/{shop[2].tenant.service_name}/domains/xn--dlice2-bva.example/health/"'
        in page
    )
    assert rows_of(page_of(people.stranger, "/domains/")) == []
    found = {
        "state=added": names[:1], "state=verified": names[1:2], "state=configured": names[2:],
        "health=poor": names[2:], "health=good": [], "health=unknown": names[:2],
        f"search={names[1]}": names[1:2], "search=bakery+002": names[2:],
        "search=xn--dlice2": names[2:], "search=..": [],
        "sort=score": [names[2], names[0], names[1]],
    }  # fmt: skip
    for query, rows in found.items():
        assert rows_of(page_of(people.viewer, f"/domains/?{query}")) == rows, query


def test_members_and_invitations(people: People) -> None:
    account = people.northwind.account
    for name, days, accepted in (("open", 1, None), ("ended", -1, None), ("in", -1, now())):
        Invitation.objects.create(
            account=account, email=f"{name}@northwind.example", role="viewer", digest=name,
            expires_at=now() + timedelta(days=days), accepted_at=accepted,
        )  # fmt: skip
    page = page_of(people.owner, "/members/")
    assert [row.partition("@")[0] for row in rows_of(page)] == [
        "manager", "operator", "owner", "viewer",
    ]  # fmt: skip
    assert "Last sign-in" in page and "Second factor" in page
    for hidden in ("Last sign-in", 'data-label="Second factor"'):
        assert hidden not in page_of(people.viewer, "/members/?columns=last_login&columns=factor")
    assert "last_login" not in people.viewer.get("/lists/members/json/").getvalue().decode()
    for who, rows in (("owner", 0), ("viewer", 4)):  # a filter may not tell what a column hides
        assert len(rows_of(page_of(people.client(who), "/members/?factor=yes"))) == rows
    assert len(rows_of(page_of(people.owner, "/members/?role=owner"))) == 1
    assert len(rows_of(page_of(people.stranger, "/members/"))) == 1
    for query, names in (("open", ["open"]), ("ended", ["ended"]), ("accepted", ["in"])):
        found = rows_of(page_of(people.viewer, f"/invitations/?state={query}"))
        assert found == [f"{name}@northwind.example" for name in names]
    assert rows_of(page_of(people.stranger, "/invitations/")) == []


def test_each_list_says_in_its_own_words_that_there_is_nothing(people: People) -> None:
    said = [str(LISTS[which].empty.title) for which in LISTS if which != "members"]
    assert len(set(said)) == len(LISTS) - 1
    for which in ("operations", "domains", "invitations", "audit"):
        assert str(LISTS[which].empty.title) in page_of(people.owner, f"/{which}/")
        nothing = page_of(people.owner, f"/{which}/?search=nothing")
        assert "Nothing matches" in nothing and "Clear the filters" in nothing


@pytest.mark.parametrize("which", NEW)
def test_every_head_sorts_and_queries_stay_few(people: People, shop: Shop, which: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(people.owner, f"/{which}/?page_size=100&search=e")
        return len(captured)

    add_tasks(people, shop)
    add_domains(people.northwind, shop)
    for column in LISTS[which].columns:
        if column.sort:
            for sort in (column.name, f"-{column.name}"):
                page = page_of(people.owner, f"/{which}/?sort={sort}&columns={column.name}")
                assert "cannot be sorted" not in page
    queries()
    few = queries()
    add_tasks(people, shop, 20)
    add_domains(people.northwind, shop, 9)
    assert queries() == few <= 12

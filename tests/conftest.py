"""Fixtures that every room's stories share. The engines come from the plugin `tests.engines`."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from django.utils.timezone import now
from pytest_django import Settings

from common import clock
from journal import remote
from journal.models import NextActor, Operation, State
from partnercenter import connect
from tests import sandbox_fixture
from tests.people import ROLES, People, Reseller, open_reseller
from tests.sandbox_fixture import LiveSandbox
from tests.stories.browser import browser, page

if TYPE_CHECKING:
    from sandbox.world import World

__all__ = ["browser", "page"]
"""One browser for all: two of its engines do not live in one process."""


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """Tables straight from the models; `make check` proves that the migrations are in step."""
    return False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Servers and workers may hang up a moment late: nobody is left when the database goes."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True, scope="session")
def _static_root() -> None:
    """Nothing is collected in tests, but the folder is looked into."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def _fresh(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of an earlier test in the cache, clock or language; cheap passwords."""
    translation.deactivate()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    monkeypatch.setattr(clock, "_last", timedelta(0))


@pytest.fixture
def northwind(db: None) -> Reseller:
    """The reseller of most stories, with a user per role and MPN ID 4847383."""
    return open_reseller(name="Northwind", nic_handle="nw12345-ovh", mpn_id="4847383", roles=ROLES)


@pytest.fixture
def fabrikam(db: None) -> Reseller:
    """Another reseller: its owner is the stranger; MPN ID 4847384."""
    return open_reseller(
        name="Fabrikam", nic_handle="fk67890-ovh", mpn_id="4847384", roles=["owner"]
    )


@pytest.fixture
def people(northwind: Reseller, fabrikam: Reseller) -> People:
    """Browsers (`people.owner`, …) and API clients (`people.api("owner")`) of both resellers."""
    return People(northwind, fabrikam)


@pytest.fixture
def world() -> "World":
    """A fresh sandbox in memory; everything is visible at once."""
    from sandbox.world import World

    world = World()
    world.set_delays(dict.fromkeys(world.delays, 0.0))
    return world


@pytest.fixture
def sandbox(world: "World", settings: Settings) -> Iterator["World"]:
    """The world, with the portal's real Partner Center client mounted on it in this process.

    OVH, DNS and SMTP need a process: `live_sandbox`.
    """
    from sandbox.app import create_app

    transport = httpx.WSGITransport(app=create_app(world))  # type: ignore[arg-type]
    settings.SANDBOX_URL = sandbox_fixture.ORIGIN
    settings.PARTNER_CENTER = sandbox_fixture.connections(
        sandbox_fixture.ORIGIN, transport=transport
    )
    yield world
    _hang_up()


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[LiveSandbox]:
    """One sandbox process per test worker."""
    with sandbox_fixture.started() as live:
        yield live


@pytest.fixture
def live_sandbox(sandbox_process: LiveSandbox, settings: Settings) -> Iterator[LiveSandbox]:
    """The process, fresh; Microsoft, OVH, DNS and mail of the portal point to it over sockets."""
    sandbox_process.post("reset")
    sandbox_process.post("delays", {"all": 0})
    settings.SANDBOX_URL = sandbox_process.url
    settings.PARTNER_CENTER = sandbox_fixture.connections(sandbox_process.url)
    settings.ZONE_PROVIDERS = sandbox_fixture.zone_providers(sandbox_process.url)
    settings.DNS_ROOTS = ["127.0.0.1"]
    settings.DNS_PORT = sandbox_process.dns_port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = sandbox_process.smtp_port
    settings.EMAIL_HOST = "127.0.0.1"
    yield sandbox_process
    _hang_up()


def _hang_up() -> None:
    """Give the connections back, where the test has made any."""
    if connect.cache_info().currsize:
        connect("eu").close()
    connect.cache_clear()


@pytest.fixture
def run_journal(db: None) -> Callable[..., int]:
    """`run_journal()` does what is due until nothing is; returns how many attempts that took.

    `skip_pauses=True` also ends pauses that only time ends (not those a person ends). Fails after
    `limit` attempts: a story that never comes to rest is broken.
    """
    return _run_journal


def _run_journal(*, limit: int = 300, skip_pauses: bool = False) -> int:
    for attempts in range(limit):
        at = now()  # one time for both: a pause may end between two
        due = Operation.objects.due(at).order_by("pk").first()
        if due is None and skip_pauses and _end_pauses(at):
            due = Operation.objects.due(now()).order_by("pk").first()
        if due is None:
            return attempts
        remote.perform(due.pk)
    rest: list[Any] = list(Operation.objects.in_progress().values_list("kind", "error_text"))
    pytest.fail(f"the journal did not come to rest in {limit} attempts: {rest}")


def _end_pauses(at: datetime) -> bool:
    paused = Operation.objects.filter(state=State.TODO, not_before__gt=at)
    ended = paused.filter(next_actor__in=[NextActor.PORTAL, NextActor.MICROSOFT])
    return bool(ended.update(not_before=at))

"""The loader of the benchmarks, with little: it fills what the models are today."""

import pytest
from django.test import Client

from accounts.models import Account, User
from benchmarks.loader import Size, load
from benchmarks.pages import BIG, addresses
from subscriptions.models import Subscription


def test_little_is_loaded_and_shown(db: None) -> None:
    load(Size(accounts=3, tenants=12, big=6))
    assert Subscription.objects.filter(tenant__account=BIG).count() == 30
    assert Subscription.objects.count() == 60
    assert Account.objects.create(name="Next").pk == 4
    owner = Client()
    owner.force_login(User.objects.get(email="owner1@reseller.example"))
    urls = dict(addresses(BIG))
    assert len(urls) > 100
    for name in ("panel:services?search=lyon", "subscriptions:subscription", "orders:order"):
        assert owner.get(urls[name]).status_code == 200, name
    with pytest.raises(RuntimeError, match="empty one"):
        load()

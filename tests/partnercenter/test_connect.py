"""A client per region, as the settings say."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from partnercenter import connect
from partnercenter.rest import RestPartnerCenter

OPTIONS = {"tenant_id": "t", "client_id": "c", "client_secret": "s", "refresh_token": "r"}
REST = "partnercenter.rest.RestPartnerCenter"


def test_a_region_has_one_client(settings: Settings) -> None:
    settings.PARTNER_CENTER = {"eu": {"BACKEND": REST, "OPTIONS": OPTIONS}}
    client = connect("eu")
    assert isinstance(client, RestPartnerCenter)
    assert connect("eu") is client
    settings.PARTNER_CENTER = {"eu": {"BACKEND": REST, "OPTIONS": OPTIONS}}
    assert connect("eu") is not client


def test_an_unknown_region_is_named(settings: Settings) -> None:
    settings.PARTNER_CENTER = {}
    with pytest.raises(ImproperlyConfigured, match="'uk'"):
        connect("uk")


def test_a_backend_must_be_a_partner_center(settings: Settings) -> None:
    settings.PARTNER_CENTER = {"eu": {"BACKEND": "builtins.dict", "OPTIONS": {}}}
    with pytest.raises(ImproperlyConfigured, match="dict"):
        connect("eu")

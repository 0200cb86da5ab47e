"""Where resellers sell: CSP regions, their countries and the currency each starts with."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Region(models.TextChoices):
    """CSP regions; one Partner Center connection each."""

    EU = "eu", _("European Union and EFTA")
    UK = "uk", _("United Kingdom")
    US = "us", _("United States")


class Currency(models.TextChoices):
    EUR = "EUR", "EUR"
    GBP = "GBP", "GBP"
    USD = "USD", "USD"


DEFAULT_CURRENCY = {Region.EU: Currency.EUR, Region.UK: Currency.GBP, Region.US: Currency.USD}

COUNTRIES: dict[str, dict[str, str | Promise]] = {
    Region.EU: {
        "AT": _("Austria"),
        "BE": _("Belgium"),
        "BG": _("Bulgaria"),
        "HR": _("Croatia"),
        "CY": _("Cyprus"),
        "CZ": _("Czechia"),
        "DK": _("Denmark"),
        "EE": _("Estonia"),
        "FI": _("Finland"),
        "FR": _("France"),
        "DE": _("Germany"),
        "GR": _("Greece"),
        "HU": _("Hungary"),
        "IS": _("Iceland"),
        "IE": _("Ireland"),
        "IT": _("Italy"),
        "LV": _("Latvia"),
        "LI": _("Liechtenstein"),
        "LT": _("Lithuania"),
        "LU": _("Luxembourg"),
        "MT": _("Malta"),
        "NL": _("Netherlands"),
        "NO": _("Norway"),
        "PL": _("Poland"),
        "PT": _("Portugal"),
        "RO": _("Romania"),
        "SK": _("Slovakia"),
        "SI": _("Slovenia"),
        "ES": _("Spain"),
        "SE": _("Sweden"),
        "CH": _("Switzerland"),
    },
    Region.UK: {"GB": _("United Kingdom")},
    Region.US: {"US": _("United States")},
}


def in_region(*, region: str, country: str) -> bool:
    """Whether a reseller of this region may sit in this country (ISO 3166-1 alpha-2)."""
    return country in COUNTRIES.get(region, {})

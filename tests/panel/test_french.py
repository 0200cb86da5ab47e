"""The same pages in French: forms, reviews, guides and refusals."""

from html import unescape
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from journal.people import PORTAL
from tenants import compliance
from tenants.models import Tenant
from tests.orders import wishes
from tests.orders.page_form import fields_of
from tests.people import People


@pytest.fixture
def browser(people: People) -> Client:
    """A manager who reads French."""
    User.objects.filter(pk=people.user("manager").pk).update(language="fr")
    return people.manager


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def test_the_page_of_a_service(browser: Client, tenant: Tenant) -> None:
    page = text(browser.get(tenant.get_absolute_url()))
    for words in (
        '<html lang="fr"', "Détails du service", "Configuration automatique", "Abonnements",
        "Tâches en cours", "Réinitialiser le mot de passe", "Nom interne du service",
        "Nombre de licences", "Dernière mise à jour",
    ):  # fmt: skip
        assert words in page


def test_the_order_form_its_review_and_its_refusals(
    browser: Client, tenant: Tenant, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orders.remote.checks.resolver.accepts_mail", lambda _domain: True)
    form = text(browser.get("/orders/new/"))
    for words in ("Nouvelle commande", "Client final", "Vérifier la commande", "Sous-domaine"):
        assert words in form
    basic = wishes.licence(people.northwind.account, "Microsoft 365 Business Basic")
    sent = {
        **fields_of(form), **wishes.CONTACT, "agreement_first_name": "Claire",
        "agreement_last_name": "Dubois", "agreement_email": "office@contoso-bakery.example",
        "agreed": "on", "own_subdomain": "on", f"quantity_{basic.pk}": "3",
    }  # fmt: skip
    refused = text(browser.post("/orders/new/", {**sent, "subdomain": "contoso"}))
    assert "Ce nom est déjà pris. Choisissez-en un autre." in refused
    refused = text(browser.post("/orders/new/", {**sent, "subdomain": "ok", "company": ""}))
    assert "Ce champ est obligatoire." in refused
    review = text(browser.post("/orders/new/", {**sent, "subdomain": "fournil"}))
    assert "fournil.onmicrosoft.com" in review
    assert "Ce nom ne pourra jamais être modifié." in review
    assert "1 mois" in review
    assert "16,14\N{NO-BREAK SPACE}€" in review


def test_the_guide(browser: Client) -> None:
    page = text(browser.get("/guide/"))
    assert "Utilisateurs et licences" in page
    assert "Users and licences" not in page


def test_before_signing_in_the_browsers_language_counts(people: People) -> None:
    page = people.nobody.get("/sign-in/login/", headers={"accept-language": "fr-FR,fr;q=0.9"})
    assert '<html lang="fr"' in text(page)


def test_a_task_and_its_error(browser: Client, tenant: Tenant) -> None:
    assert compliance.suspend(tenant=tenant, reason="unpaid", by=PORTAL)
    page = text(browser.post(f"/services/{tenant.service_name}/password/", {"delivery": "show"}))
    assert "Ce service est suspendu." in page

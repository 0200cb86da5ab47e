"""Every mail in both languages: nothing missing, nothing left in English, links that work."""

import copy
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.utils import translation
from pytest_django import Settings

from panel.mails.rendering import mail
from panel.mails.samples import SAMPLES
from tests.people import People

MISSING = "MISSING-VARIABLE"
ROOT = Path(settings.BASE_DIR, "templates")
FRAMES = {"notices/mail", "notices/sign_in", "account/email/base"}
"""What mails extend."""
ENGLISH = re.compile(
    r"\b(?:the|you|your|has|have|was|is|with|from|until|this|and|of|to|at)\b", re.I
)
BRACKETS = re.compile(r"⟦[^⟦⟧]*⟧")
TAG = re.compile(r"<[^>]*>")
LINK = re.compile(r'href="([^"]*)"')


def names() -> set[str]:
    """By the files of subjects and texts."""
    found = set()
    for folder in ("notices", "tenants/mail", "account/email"):
        for path in (ROOT / folder).iterdir():
            stem = path.name.split(".")[0].removesuffix("_subject").removesuffix("_message")
            found.add(f"{folder}/{stem}")
    return found - FRAMES


def test_every_mail_has_a_sample() -> None:
    assert names() == set(SAMPLES)


@pytest.fixture
def strict(settings: Settings) -> None:
    """A variable that is not there is seen."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = MISSING
    settings.TEMPLATES = templates
    assert engines["django"].engine.string_if_invalid == MISSING  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_it_is_whole_in_both_languages(name: str, strict: None) -> None:
    english, french = mail(name, "en"), mail(name, "fr")
    for one in (english, french):
        everything = one.subject + one.text + one.html
        assert MISSING not in everything
        assert one.subject and "\n" not in one.subject and len(one.subject) < 120
        assert f'lang="{one.language}"' in one.html
        links = LINK.findall(one.html)
        assert links and all(link.startswith(("https://", "http://", "mailto:")) for link in links)
        assert "&#x27;" not in one.text and "&amp;" not in one.text
    assert french.text != english.text


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_word_of_it_can_be_translated(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a catalogue could not change stands outside the brackets."""
    real = translation._trans
    monkeypatch.setattr(real, "gettext", lambda text: f"⟦{text}⟧" if text else "")
    monkeypatch.setattr(real, "pgettext", lambda _context, text: f"⟦{text}⟧")
    monkeypatch.setattr(real, "ngettext", lambda one, many, n: f"⟦{one if n == 1 else many}⟧")
    shown = mail(name, "en")
    left = f"{shown.subject}\n{shown.text}\n{TAG.sub(' ', shown.html)}"
    assert "⟦" in left
    while BRACKETS.search(left):
        left = BRACKETS.sub("", left)
    assert not ENGLISH.findall(left), left


def test_staff_looks_at_them_and_nobody_else(people: People) -> None:
    page = people.staff.get("/staff/mails/").content.decode()
    assert all(f"<code>{name}</code>" in page for name in SAMPLES)
    shown = people.staff.get("/staff/mails/fr/notices/rights/html/")
    assert shown.headers["Content-Security-Policy"].endswith("sandbox")
    assert 'lang="fr"' in shown.content.decode()
    text = people.staff.get("/staff/mails/en/tenants/mail/welcome/text/")
    assert text.headers["Content-Type"].startswith("text/plain") and b"Contoso" in text.content
    assert people.staff.get("/staff/mails/en/notices/nothing/html/").status_code == 404
    assert people.staff.get("/staff/mails/de/notices/rights/html/").status_code == 404
    for address in ("/staff/mails/", "/staff/mails/fr/notices/rights/html/"):
        assert people.owner.get(address).status_code == 404

"""Texts in Python that a person reads are marked for translation; French ones are French."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from tests.walk.data import has_words

ROOT = Path(settings.BASE_DIR)
ROOMS = ("accounts", "cashback", "connections", "dnsconfig", "notices", "orders", "panel",
         "subscriptions", "sync", "tenants")  # fmt: skip
LEFT_OUT = {"migrations", "admin", "api", "management"}
"""For staff and for machines."""
READ = {"label", "help_text", "empty_label", "error_messages"}
SENTENCE = re.compile(r"^[A-Z].*\w \w.*\w \w.*[.?!]$", re.DOTALL)


def sources() -> Iterator[tuple[Path, ast.AST]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if not LEFT_OUT & {*path.parts, path.stem}:
                yield path.relative_to(ROOT), ast.parse(path.read_text())


def bare(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Texts that stand where a person reads them, and were given as they are."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="messages")), args=[_request, text, *_]
            ):
                yield from _texts(text)
            case ast.keyword(arg=arg, value=text) if arg in READ:
                yield from _texts(text)


def _texts(node: ast.AST) -> Iterator[tuple[int, str]]:
    for value in node.values if isinstance(node, ast.Dict) else [node]:
        match value:
            case ast.Constant(value=str(text)) if has_words(text):
                yield value.lineno, text


def test_texts_of_forms_and_messages_are_marked() -> None:
    found = [f"{path}:{line} {text}" for path, tree in sources() for line, text in bare(tree)]
    assert not found


def test_a_bare_label_is_found() -> None:
    tree = ast.parse('CharField(label="Company")\nmessages.success(request, "It is saved.")')
    assert {text for _line, text in bare(tree)} == {"Company", "It is saved."}


def test_no_sentence_is_the_same_in_french() -> None:
    with (ROOT / "locale/fr/LC_MESSAGES/django.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    texts = {key: text for key, text in catalogue.items() if isinstance(key, str) and key}
    assert len(texts) > 1000
    assert not [key for key, text in texts.items() if key == text and SENTENCE.match(key)]

"""The rules know no Django, no clock, no network: what they say depends on what they are told."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from subscriptions import rules

FORBIDDEN = {"now", "today", "utcnow", "time", "open", "urlopen", "gettext"}


def nodes() -> Iterator[ast.AST]:
    for path in Path(rules.__file__).parent.glob("*.py"):
        yield from ast.walk(ast.parse(path.read_text()))


def test_only_the_standard_library_and_themselves_are_imported() -> None:
    froms = {str(each.module) for each in nodes() if isinstance(each, ast.ImportFrom)}
    plain = {name.name for each in nodes() if isinstance(each, ast.Import) for name in each.names}
    foreign = {name for name in froms | plain if not name.startswith("subscriptions.rules")}
    assert foreign - {"subscriptions.rules"} <= set(sys.stdlib_module_names) | {"collections.abc"}
    assert not foreign & {"os", "time", "random", "socket", "pathlib"}


def test_nobody_looks_at_a_clock() -> None:
    called = {each.func.attr for each in nodes() if is_method(each)}
    assert not called & FORBIDDEN


def is_method(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)

"""Files and functions stay short enough to be read at once."""

import ast
import statistics
from pathlib import Path

from django.conf import settings

ROOMS = [
    *("accounts", "cashback", "common", "connections", "dnsconfig", "inbox", "journal", "notices"),
    *("orders", "panel", "partnercenter", "reseller_portal", "sandbox", "subscriptions", "sync"),
    "tenants",
]


def sources() -> list[Path]:
    root = Path(settings.BASE_DIR)
    return [
        path
        for room in ROOMS
        for path in (root / room).rglob("*.py")
        if "migrations" not in path.parts and path.stat().st_size
    ]


def test_no_file_is_over_400_lines_and_few_over_200() -> None:
    sizes = {path: len(path.read_text().splitlines()) for path in sources()}
    assert not {str(path): size for path, size in sizes.items() if size > 400}
    assert statistics.quantiles(sizes.values(), n=10)[-1] < 220


def test_hardly_any_function_is_over_50_lines() -> None:
    long = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 50:
                long.append(f"{path.name}:{node.name}")
    assert len(long) <= 5, long

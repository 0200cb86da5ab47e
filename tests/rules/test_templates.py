"""Templates: they compile, carry nothing inline, and name icons that exist."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted(
    str(path.relative_to(ROOT / "templates"))
    for path in (ROOT / "templates").rglob("*")
    if path.is_file()
)
PAGES = [name for name in TEMPLATES if name.endswith(".html") and "/mail" not in name]
INLINE = re.compile(r"""<style|\sstyle=|\son[a-z]+=["']|<script(?![^>]*\ssrc=)|javascript:""")
ICON = re.compile(r"""\{% icon "([\w-]+)"|\bicon="([\w-]+)\"""")


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_compiles(name: str) -> None:
    get_template(name)


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith("notices/")])
def test_the_content_security_policy_holds(name: str) -> None:
    assert not INLINE.search((ROOT / "templates" / name).read_text())


def test_icons_exist() -> None:
    entries = json.loads((ROOT / "assets" / "icons.json").read_text())
    known = {entry.partition(":")[0] for entry in entries}
    for name in PAGES:
        for match in ICON.finditer((ROOT / "templates" / name).read_text()):
            assert (match[1] or match[2]) in known, (name, match[0])


def test_the_built_sprite_holds_them() -> None:
    sprite = (ROOT / "static" / "portal" / "icons.svg").read_text()
    for entry in json.loads((ROOT / "assets" / "icons.json").read_text()):
        assert f'id="{entry.partition(":")[0]}"' in sprite

"""The launcher's settings are documented too, and the README and the example name nothing else."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
SETTINGS = (ROOT / "reseller_portal" / "settings.py").read_text()
LAUNCHER = (ROOT / "reseller_portal" / "launcher" / "installation.py").read_text()

OF_DJANGO = {"DJANGO_SETTINGS_MODULE"}


def read() -> set[str]:
    """The variables that the portal and its launcher read."""
    by_settings = set(re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', SETTINGS))
    by_launcher = set(re.findall(r'_port\(given, "([A-Z_]+)"', LAUNCHER))
    return by_settings | by_launcher


def documented() -> set[str]:
    """The names in the first column of the README's table of settings."""
    table = README.partition("## Settings")[2].partition("\n## ")[0]
    return {
        name
        for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
        for name in re.findall(r"`([A-Z_]+)`", row)
    }


def test_every_setting_has_a_row_in_the_readme() -> None:
    assert read() - documented() == set()


def test_every_row_of_the_readme_is_read() -> None:
    assert documented() - read() - OF_DJANGO == set()


def test_every_name_of_the_example_is_a_setting_or_read_by_compose() -> None:
    example = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    compose = (ROOT / "docker-compose.yml").read_text()
    unknown = {name for name in example - read() if f"${{{name}" not in compose}
    assert unknown == set()

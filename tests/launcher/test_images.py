"""The container files, read as data: what is exposed, what is watched, what is in step."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import resolve

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_the_services_of_one_installation() -> None:
    expected = {"proxy", "web", "worker", "scheduler", "zones"}
    expected |= {"migrate", "postgres", "valkey"}
    assert SERVICES.keys() == expected


def test_only_the_proxy_is_exposed_and_own_zones_to_this_machine() -> None:
    exposed = [name for name, service in SERVICES.items() if "ports" in service]
    assert exposed == ["proxy", "zones"]
    for port in SERVICES["zones"]["ports"]:
        assert port.startswith("${ZONES_LISTEN:-127.0.0.1}:")
    assert not any("network_mode" in service for service in SERVICES.values())


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - {"migrate"}))
def test_every_lasting_service_is_watched_and_started_again(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_one_image_serves_all_of_ours() -> None:
    images = {
        SERVICES[name]["image"] for name in ("web", "worker", "scheduler", "zones", "migrate")
    }
    assert images == {"reseller-portal"}


def test_nothing_serves_before_the_migrations() -> None:
    for name in ("web", "worker", "scheduler", "zones"):
        wait = SERVICES[name]["depends_on"]["migrate"]
        assert wait == {"condition": "service_completed_successfully"}


def test_secrets_come_from_the_environment_only() -> None:
    settings_given = SERVICES["web"]["environment"] | SERVICES["postgres"]["environment"]
    for name, value in settings_given.items():
        if re.search(r"SECRET|PASSWORD|KEYS|TOKEN", name):
            assert re.fullmatch(r"\$\{[A-Z0-9_]+(:[?-].*)?\}", value), name


def test_the_example_names_every_variable_that_compose_reads() -> None:
    read = set(re.findall(r"\$\{([A-Z0-9_]+)", (ROOT / "docker-compose.yml").read_text()))
    example = (ROOT / ".env.example").read_text()
    assert read == set(re.findall(r"^([A-Z0-9_]+)=", example, re.MULTILINE))


def test_the_image_runs_without_root_and_is_watched() -> None:
    last_stage = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER portal$", last_stage, re.MULTILINE)
    assert "HEALTHCHECK" in last_stage


def test_every_copied_file_is_there_and_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    for name in ("requirements.txt", "docker/healthy.py", "manage.py", "locale", "static"):
        assert (ROOT / name).exists()
        assert name.split("/")[0] not in ignored
    assert {".env", ".git", ".portal"} <= set(ignored)


def test_the_proxy_passes_the_path_as_typed_to_the_web_service() -> None:
    proxy = (ROOT / "docker" / "nginx.conf").read_text()
    assert "server web:8000;" in proxy
    assert "proxy_pass http://portal;" in proxy  # no path behind it: nginx would rewrite ours
    assert f"listen {SERVICES['proxy']['ports'][0].rpartition(':')[2]};" in proxy


def test_the_health_answer_is_where_the_container_asks() -> None:
    asked = re.search(r'"(/health/\w+)"', (ROOT / "docker" / "healthy.py").read_text())
    assert asked is not None
    assert resolve(asked[1])

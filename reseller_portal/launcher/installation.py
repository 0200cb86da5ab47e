"""What one installation is, read from the environment: its folder, ports and addresses."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

UNCOMPRESSED = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
"""Compressing takes a minute and saves nothing on one machine."""


class WrongSetting(Exception):
    """A value in the environment cannot be used; the message says which."""


MAIL = 15
"""The sandbox's mail port follows its web port, so that neighbours differ: 8010 and 8025."""
ZONES = 1
"""The port of own zones follows the sandbox's DNS port: 8053 and 8054."""


@dataclass(frozen=True)
class Installation:
    """One portal on one machine; several run side by side with other ports and folders."""

    home: Path
    port: int
    sandbox_port: int
    dns_port: int
    smtp_port: int
    zones_port: int
    given: Mapping[str, str]
    """The environment we were started with; what it says wins over our choices."""

    @property
    def own_database(self) -> bool:
        return not self.given.get("DATABASE_URL")

    @property
    def own_broker(self) -> bool:
        return not self.given.get("REDIS_URL")

    @property
    def own_sandbox(self) -> bool:
        """Whether we run the sandbox: neither the real Microsoft nor another sandbox is named."""
        return not (self.given.get("MICROSOFT_CLIENT_ID") or self.given.get("SANDBOX_URL"))

    @property
    def mail_port_is_given(self) -> bool:
        """Otherwise another free one will do: only our own processes use it."""
        return bool(self.given.get("SANDBOX_SMTP_PORT"))

    @property
    def zones_port_is_given(self) -> bool:
        """Otherwise another free one will do: secondaries need to know it, a trial does not."""
        return bool(self.given.get("ZONES_DNS_PORT"))

    @property
    def listens(self) -> str:
        """Where the web process listens."""
        return f"127.0.0.1:{self.port}"

    @property
    def sandbox_url(self) -> str:
        return f"http://127.0.0.1:{self.sandbox_port}"

    def environment(self, keys: Mapping[str, str], engines: Mapping[str, str]) -> dict[str, str]:
        """What the portal's processes read, beside what we were given.

        `keys` are this installation's secrets, `engines` the addresses of private engines.
        """
        chosen = {
            "PORTAL_HOME": str(self.home),
            "PORTAL_URL": f"http://{self.listens}",
            "STATICFILES_BACKEND": UNCOMPRESSED,
            "ZONES_DNS_PORT": str(self.zones_port),
            **keys,
            **engines,
        }
        if self.own_sandbox:
            chosen |= self._sandboxed()
        kept = {name: value for name in chosen if (value := self.given.get(name))}
        return chosen | kept | {"PORTAL_HOME": str(self.home)}

    def _sandboxed(self) -> dict[str, str]:
        return {
            "SANDBOX_URL": self.sandbox_url,
            "DNS_ROOTS": "127.0.0.1",
            "DNS_PORT": str(self.dns_port),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.smtp_port}",
        }


def read(given: Mapping[str, str] | None = None) -> Installation:
    """The installation that the environment (or `given`) describes.

    Raises:
        WrongSetting: a port is not a number from 1 to 65535, or given twice.
    """
    given = dict(os.environ if given is None else given)
    home = Path(given.get("PORTAL_HOME") or ".portal").expanduser().absolute()
    sandbox_port = _port(given, "SANDBOX_PORT", 8010)
    dns_port = _port(given, "SANDBOX_DNS_PORT", 8053)
    here = Installation(
        home=home,
        port=_port(given, "PORT", 8000),
        sandbox_port=sandbox_port,
        dns_port=dns_port,
        smtp_port=_port(given, "SANDBOX_SMTP_PORT", min(sandbox_port + MAIL, 65535)),
        zones_port=_port(given, "ZONES_DNS_PORT", min(dns_port + ZONES, 65535)),
        given=given,
    )
    chosen = {
        "PORT": here.port,
        "SANDBOX_PORT": here.sandbox_port,
        "SANDBOX_DNS_PORT": here.dns_port,
    }
    if here.mail_port_is_given:
        chosen["SANDBOX_SMTP_PORT"] = here.smtp_port
    if here.zones_port_is_given:
        chosen["ZONES_DNS_PORT"] = here.zones_port
    names = list(chosen)
    if len(set(chosen.values())) < len(chosen):
        raise WrongSetting(f"{', '.join(names[:-1])} and {names[-1]} must be different.")
    return here


def _port(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise WrongSetting(f"{name} must be a number from 1 to 65535, not {text!r}.")
    return int(text)

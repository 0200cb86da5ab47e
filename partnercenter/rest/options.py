"""Where Microsoft is and who we are there."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`OPTIONS` of a `PARTNER_CENTER` entry. Secrets never show in its text."""

    tenant_id: str
    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)
    authority: str = "https://login.microsoftonline.com"
    partner_center: str = "https://api.partnercenter.microsoft.com"
    graph: str = "https://graph.microsoft.com/v1.0"
    prices: str = "https://api.partner.microsoft.com"
    timeout: float = 180.0
    """Seconds to wait for an answer: creating a customer takes minutes at times."""
    connect_timeout: float = 10.0
    locale: str = "en-US"
    webhook_roots: str = ""
    """PEM text: who may stand behind the signature of an event; empty means the web's roots."""
    webhook_roots_url: str = ""
    """Where to fetch them instead: a sandbox makes its own."""
    webhook_certificate_hosts: tuple[str, ...] = ()
    """`host:port` from which an event's certificate may come, beside Microsoft's."""

    def root(self, service: str) -> str:
        """The address that a service's paths are appended to."""
        roots = {
            "partnercenter": self.partner_center,
            "graph": self.graph,
            "prices": self.prices,
        }
        return roots[service].rstrip("/")

"""What `dns.verify` kept of one name server, in words: see `dnsconfig.seen.ServerSeen.to_json`."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dnsconfig.health import words
from dnsconfig.health.results import Health, Result
from dnsconfig.resolver import Problem

_PROBLEMS: dict[str, str | Promise] = {
    Problem.SILENT: gettext_lazy("It does not answer."),
    Problem.UNREACHABLE: gettext_lazy("It cannot be reached."),
    Problem.NO_ADDRESS: gettext_lazy("Its name has no address."),
    Problem.LAME: gettext_lazy("It answers, but the zone is not loaded there (lame)."),
    Problem.REFUSED: gettext_lazy("It refuses to answer for this zone."),
    Problem.FAILING: gettext_lazy("It answers with an error."),
}


def sentences(server: dict[str, Any]) -> list[str]:
    """What is wrong with it, and what to do; empty where all is well or not known."""
    found = [str(_PROBLEMS[server["problem"]])] if server.get("problem") else []
    if server.get("broken"):
        found.append(words.sentence(Result("dnssec", Health.FAILED, server["broken"])))
    if server.get("still_there"):
        found.append(_("Still there: %(records)s.") % {"records": ", ".join(server["still_there"])})
    if not server.get("is_delegated", True):
        found.append(_("Named by the zone itself, not by its parent."))
    return found

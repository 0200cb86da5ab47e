"""A domain in good health, to be changed one answer at a time."""

from dataclasses import replace

from dnsconfig.health import checks
from dnsconfig.health.facts import Facts, Question, SpfCount
from dnsconfig.health.results import Result
from dnsconfig.records import Record, cname, mx, srv, txt
from dnsconfig.resolver import Delegation, Server
from dnsconfig.seen import ServerSeen, ZoneSeen
from dnsconfig.signatures import Chain

DOMAIN = "acme.example"
SERVERS = ("ns1.host.example", "ns2.host.example")
ALL = ("Email", "Intune", "OfficeCommunicationsOnline")
MAIL = mx(DOMAIN, 0, "acme-example.o-v1.mx.microsoft")
SPF = txt(DOMAIN, "v=spf1 include:spf.protection.outlook.com -all")
DMARC = txt(f"_dmarc.{DOMAIN}", "v=DMARC1; p=reject")

SEEN = ZoneSeen(
    DOMAIN,
    Delegation(DOMAIN, tuple(Server(name) for name in SERVERS)),
    own_servers=SERVERS,
    dnssec=Chain.UNSIGNED,
    servers=tuple(ServerSeen(name, ("192.0.2.1",), serial=7) for name in SERVERS),
)
Answers = dict[Question, tuple[Record, ...] | None]


def good() -> Facts:
    """Everything as it should be."""
    key = "v=DKIM1; k=rsa; p=MIGf"
    selectors = [f"selector{n}._domainkey.{DOMAIN}" for n in (1, 2)]
    federation = f"_sipfederationtls._tcp.{DOMAIN}"
    aliases = {
        f"autodiscover.{DOMAIN}": "autodiscover.outlook.com",
        f"enterpriseregistration.{DOMAIN}": "enterpriseregistration.windows.net",
        f"enterpriseenrollment.{DOMAIN}": "enterpriseenrollment-s.manage.microsoft.com",
    }
    answers: Answers = {
        (DOMAIN, "MX"): (MAIL,),
        (DOMAIN, "TXT"): (SPF, txt(DOMAIN, "unrelated")),
        (f"_dmarc.{DOMAIN}", "TXT"): (DMARC,),
        (f"msoid.{DOMAIN}", "CNAME"): (),
        (federation, "SRV"): (srv(federation, 100, 1, 5061, "sipfed.online.lync.com"),),
        **{(name, "TXT"): (txt("elsewhere.example", key),) for name in selectors},
        **{(name, "CNAME"): (cname(name, host),) for name, host in aliases.items()},
    }
    return Facts(DOMAIN, ALL, (MAIL,), SERVERS, SEEN, answers, SpfCount(2, 0, True))


def with_answer(facts: Facts, name: str, kind: str, *records: Record) -> Facts:
    return replace(facts, answers={**facts.answers, (name, kind): records})


def unanswered(facts: Facts) -> Facts:
    """Nobody answers anything."""
    return replace(
        facts,
        provider_servers=None,
        seen=None,
        spf_count=None,
        answers=dict.fromkeys(facts.answers),
    )


def said(check: str, facts: Facts) -> Result:
    return next(one for one in checks.run(facts) if one.check == check)

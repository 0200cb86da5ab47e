"""Records that no tick box stands for and that a person may ask for: DKIM, DMARC. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from dnsconfig.names import BadName, clean_domain
from dnsconfig.plan import Need, Wanted
from dnsconfig.records import cname, plain_name, txt

SELECTORS = ("selector1", "selector2")
_DKIM_TARGET = re.compile(
    r"selector[12]-[a-z0-9-]+\._domainkey\.[a-z0-9-]+\."
    r"(onmicrosoft\.(com|us)|partner\.onmschina\.cn|[a-z0-9]+-v\d+\.dkim\.mail\.microsoft)"
)
_MAILBOX = re.compile(r"[a-z0-9!#$&'*+/=?^_`{|}~.-]+@(?P<domain>[^@\s]+)", re.I)


class BadExtra(ValueError):
    """`field` names the form field, `code` the sentence in `dnsconfig.words`."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


@dataclass(frozen=True)
class Extras:
    """`dkim`: the targets of selector1 and selector2, from Exchange Online, or none of both.

    `report_to`: a mailbox for reports begins DMARC at `p=none`; empty leaves DMARC alone.
    """

    dkim: tuple[str, ...] = ()
    report_to: str = ""

    @classmethod
    def clean(cls, *, dkim1: str = "", dkim2: str = "", report_to: str = "") -> Self:
        """Raises BadExtra. Both selectors or none, and both in the same form."""
        targets = [plain_name(target.strip()) for target in (dkim1, dkim2)]
        if any(targets):
            for number, target in enumerate(targets, start=1):
                if not _DKIM_TARGET.fullmatch(target) or f"selector{number}-" not in target:
                    raise BadExtra(f"dkim{number}", "dkim_target")
            if _form(targets[0]) != _form(targets[1]):
                raise BadExtra("dkim2", "dkim_mixed")
        report_to = report_to.strip()
        if report_to:
            _refuse_bad_mailbox(report_to)
        return cls(tuple(targets) if any(targets) else (), report_to)

    def __bool__(self) -> bool:
        return bool(self.dkim or self.report_to)

    def wanted(self, domain: str) -> Iterator[Wanted]:
        for selector, target in zip(SELECTORS, self.dkim, strict=False):
            record = cname(f"{selector}._domainkey.{domain}", target)
            yield Wanted(record, Need.OPTIONAL, "dkim")
        if self.report_to:
            text = f"v=DMARC1; p=none; rua=mailto:{self.report_to}"
            yield Wanted(txt(f"_dmarc.{domain}", text), Need.OPTIONAL, "dmarc")

    def to_json(self) -> dict[str, Any]:
        return {"dkim": list(self.dkim), "report_to": self.report_to}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(tuple(data.get("dkim", ())), data.get("report_to", ""))


def _form(target: str) -> str:
    """The part that both selectors of a domain share."""
    return target.partition("._domainkey.")[2]


def _refuse_bad_mailbox(text: str) -> None:
    match = _MAILBOX.fullmatch(text)
    try:
        clean_domain(match["domain"] if match else "")
    except BadName as error:
        raise BadExtra("report_to", "mailbox") from error

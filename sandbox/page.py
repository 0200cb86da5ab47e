"""The page at `/`: the mailbox and the state, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from werkzeug import Request, Response
from werkzeug.exceptions import NotFound

from sandbox import buttons
from sandbox.http import rule
from sandbox.microsoft import state as microsoft
from sandbox.microsoft.charges import charges
from sandbox.ovh import zones

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

ROWS_SHOWN = 50
MORE = ("charges", "zones", "audit", "webhooks", "faults", "calls")
STYLE = Markup(
    """
:root { color-scheme: light dark; --line: light-dark(#d5dae3, #3a4150); }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 76rem; padding: 1.5rem; }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
.scroll { overflow-x: auto } .muted { opacity: .7 }
table { border-collapse: collapse; width: 100%; font-size: .9rem }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left;
  vertical-align: top; white-space: nowrap } td.wide { white-space: normal; min-width: 16rem }
nav a { margin-right: 1rem } form { margin: .4rem 0 } label { margin-right: .6rem }
  pre { white-space: pre-wrap; border: 1px solid var(--line);
  border-radius: 6px; padding: 1rem } iframe { width: 100%; height: 34rem; background: white;
  border: 1px solid var(--line); border-radius: 6px }
"""
)
TABLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("customers", ("id", "domain", "company_name", "email", "relationship", "created_at")),
    ("orders", ("id", "customerId", "billingCycle", "currency", "created")),
    ("subscriptions", ("id", "customerId", "offerName", "quantity", "status", "mpnId", "endsAt")),
    ("gdap", ("id", "customerId", "name", "status")),
    ("domains", ("name", "customerId", "verified", "services")),
    (
        "partners",
        ("mpn_id", "name", "region", "agreement_signed", "indirect_reseller", "suspended"),
    ),
)
AUDIT = ("operationDate", "customerName", "operationType", "userPrincipalName", "customizedData")
WEBHOOKS = ("planned_at", "event", "status", "forge", "url", "attempts")
FAULTS = ("service", "method", "path", "kind", "status", "times", "probability")
CHARGES = (
    *("at", "subscriptionId", "chargeType", "quantity", "unitPrice", "effectiveUnitPrice"),
    *("subtotal", "currency", "chargeStartDate", "chargeEndDate"),
)


def home(request: Request, world: World) -> Response:
    """Everything at a glance, newest first."""
    state = microsoft.state(world)
    sections = [buttons.shown(), _mailbox(world)]
    sections += [_section(name, columns, state[name][::-1]) for name, columns in TABLES]
    charged = charges(world)[::-1][:ROWS_SHOWN]
    sections += [_section("charges", CHARGES, charged), _zones(world)]
    sections += [
        _section(name, columns, items[::-1][:ROWS_SHOWN])
        for name, columns, items in (
            ("audit", AUDIT, list(world.table("audit").values())),
            ("webhooks", WEBHOOKS, list(world.table("deliveries").values())),
            ("faults", FAULTS, world.faults.listed()),
        )
    ]
    calls = world.calls()[::-1][:ROWS_SHOWN]
    columns = ("n", "at", "service", "method", "path", "status", "fault")
    sections.append(_section("calls", columns, calls))
    return _page("Sandbox", _top(world) + Markup("").join(sections))


def message(request: Request, world: World, message_id: str) -> Response:
    """One message. Its HTML is shown in a frame that may run nothing."""
    found = world.table("mail").get(message_id)
    if not found:
        raise NotFound
    facts = Markup("<p><b>{}</b><br>{} → {}<br><span class=muted>{}</span></p>").format(
        found.get("subject", ""), found.get("from", ""), _cell(found.get("to")), found.get("at", "")
    )
    text = Markup("<h2>Text</h2><pre>{}</pre>").format(found.get("text") or "")
    html = Markup('<h2>HTML</h2><iframe sandbox title="HTML" srcdoc="{}"></iframe>')
    shown = html.format(found["html"]) if found.get("html") else Markup("")
    back = Markup("<p><a href=/>← Sandbox</a></p>")
    return _page(str(found.get("subject", "")), back + facts + text + shown)


def _top(world: World) -> Markup:
    links = ("control", "mail", *(name for name, _ in TABLES), *MORE)
    menu = Markup(" ").join(Markup("<a href=#{0}>{0}</a>").format(name) for name in links)
    clock = f"{world.now():%Y-%m-%d %H:%M:%S} UTC"
    told = Markup(
        "<h1>Sandbox</h1><p class=muted>A local Microsoft, OVH and mailbox. "
        "The clock says {} (turned by {}).</p><nav>{}</nav>"
    )
    return told.format(clock, world.offset, menu)


def _mailbox(world: World) -> Markup:
    rows = [
        Markup(
            "<tr><td>{}</td><td>{}</td><td class=wide><a href='/mail/{}'>{}</a></td></tr>"
        ).format(
            item.get("at", "")[:19],
            _cell(item.get("to")),
            message_id,
            item.get("subject") or "(no subject)",
        )
        for message_id, item in reversed(list(world.table("mail").items()))
    ]
    return _table("mail", ("at", "to", "subject"), rows)


def _zones(world: World) -> Markup:
    rows = [
        Markup("<tr><td>{}</td><td class=wide><pre>{}</pre></td></tr>").format(
            name, "\n".join(_cell(record) for record in records)
        )
        for name, records in zones.state(world).items()
    ]
    return _table("zones", ("zone", "records served"), rows)


def _section(name: str, columns: tuple[str, ...], items: list[Item]) -> Markup:
    rows = [
        Markup("<tr>{}</tr>").format(
            Markup("").join(Markup("<td>{}</td>").format(_cell(item.get(c))) for c in columns)
        )
        for item in items
    ]
    return _table(name, columns, rows)


def _table(name: str, columns: tuple[str, ...], rows: list[Markup]) -> Markup:
    head = Markup("").join(Markup("<th>{}</th>").format(column) for column in columns)
    body = Markup("").join(rows) or Markup("<tr><td class=muted>nothing</td></tr>")
    return Markup(
        "<h2 id={0}>{0} <span class=muted>({1})</span></h2>"
        "<div class=scroll><table><thead><tr>{2}</tr></thead><tbody>{3}</tbody></table></div>"
    ).format(name, len(rows), head, body)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_cell(each) for each in value)
    if isinstance(value, dict):
        return " ".join(str(each) for each in value.values())
    return str(value)


def _page(title: str, body: Markup) -> Response:
    html = Markup(
        "<!DOCTYPE html><html lang=en><head><meta charset=utf-8>"
        "<meta name=viewport content='width=device-width'><title>{}</title>"
        "<style>{}</style></head><body>{}</body></html>"
    ).format(title, STYLE, body)
    return Response(str(html), mimetype="text/html")


RULES = [
    rule("GET", "/", home),
    rule("POST", "/", buttons.act),
    rule("GET", "/mail/<message_id>", message),
]

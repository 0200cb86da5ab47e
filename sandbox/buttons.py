"""The buttons of the page at `/`: each does what one call of the control API does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup
from werkzeug import Request, Response
from werkzeug.exceptions import BadRequest
from werkzeug.utils import redirect

from sandbox import faults
from sandbox.control import parse_duration
from sandbox.http import SERVICES
from sandbox.microsoft import gdap, refresh, relationships, watch, webhooks

if TYPE_CHECKING:
    from sandbox.world import World

Form = Mapping[str, str]
STEPS = {"1 hour": "PT1H", "1 day": "P1D", "8 days": "P8D", "31 days": "P31D", "366 days": "P366D"}


def act(request: Request, world: World) -> Response:
    """Do what a button says, and show the page again."""
    action = ACTIONS.get(request.form.get("do", ""))
    if action is None:
        raise BadRequest("no such button")
    try:
        action(world, request.form)
    except ValueError as error:
        raise BadRequest(str(error)) from error
    return redirect("/", 303)


def _clock(world: World, form: Form) -> None:
    world.offset += parse_duration(form.get("by", ""))
    watch.settle(world)


def _fault(world: World, form: Form) -> None:
    wanted = {name: form.get(name, "") for name in ("service", "method", "path", "kind")}
    world.faults.add({**wanted, "times": int(form.get("times", "") or 1)})


def _webhooks(world: World, form: Form) -> None:
    forge = form.get("forge", "")
    webhooks.behave(
        world,
        {
            "repeat": int(form.get("repeat", "") or 0),
            "late": float(form.get("late", "") or 0),
            "forge": forge == webhooks.FORGERIES[0] or forge,
            "lose": "lose" in form,
        },
    )


def _accept(world: World, form: Form) -> None:
    if not form.get("domain", "").strip():
        raise ValueError("a domain is wanted")
    relationships.accept(world, domain=form["domain"].strip())


def _approve(world: World, form: Form) -> None:
    gdap.approve(world, domain=form.get("domain", "").strip())


def _quicken(world: World, _form: Form) -> None:
    world.set_delays(dict.fromkeys(world.delays, 0.0))


ACTIONS: dict[str, Callable[[World, Form], object]] = {
    "clock": _clock,
    "fault": _fault,
    "no faults": lambda world, _form: world.faults.clear(),
    "webhooks": _webhooks,
    "accept": _accept,
    "approve": _approve,
    "no delays": _quicken,
    "revoke": lambda world, _form: refresh.revoke(world),
    "reset": lambda world, _form: world.reset(),
}


def shown() -> Markup:
    """All buttons, as forms that work without a script."""
    steps = Markup(" ").join(
        Markup("<button name=by value={}>{}</button>").format(value, name)
        for name, value in STEPS.items()
    )
    domain = Markup("<label>Domain <input name=domain placeholder=existing-bakery></label> ")
    forms = [
        _form("clock", Markup("<b>Turn the clock on by</b> ") + steps),
        _form("clock", Markup("<label>or by <input name=by size=8></label> <button>Turn</button>")),
        _form("fault", _fault_fields()),
        _form("webhooks", _webhook_fields()),
        _form("accept", domain + Markup("<button>A customer accepts the relationship</button>")),
        _form("approve", domain + Markup("<button>He approves rights and consent</button>")),
        *(
            _form(name, Markup("<button>{}</button>").format(label))
            for name, label in (
                ("no faults", "Forget all faults"),
                ("no delays", "No delays"),
                ("revoke", "End all refresh tokens"),
                ("reset", "Back to the beginning"),
            )
        ),
    ]
    return Markup("<h2 id=control>control</h2>") + Markup("").join(forms)


def _form(name: str, fields: Markup) -> Markup:
    hidden = Markup("<input type=hidden name=do value='{}'>").format(name)
    return Markup("<form method=post action=/>{}{}</form>").format(hidden, fields)


def _fault_fields() -> Markup:
    services = [name for name, _ in SERVICES]
    return Markup(
        "<b>The next</b> <label>calls <input name=times type=number value=1 min=-1></label> "
        "<label>to {}</label> <label>method <input name=method size=6></label> "
        "<label>path <input name=path placeholder='/customers$'></label> "
        "<label>get {}</label> <button>Order the fault</button>"
    ).format(_select("service", services), _select("kind", faults.KINDS))


def _webhook_fields() -> Markup:
    return Markup(
        "<b>Webhooks from now on</b> "
        "<label>repeated <input name=repeat type=number value=0 min=0></label> "
        "<label>late by seconds <input name=late type=number value=0 min=0></label> "
        "<label>forged {}</label> <label><input name=lose type=checkbox> lost</label> "
        "<button>So be it</button>"
    ).format(_select("forge", ("", *webhooks.FORGERIES)))


def _select(name: str, values: tuple[str, ...] | list[str]) -> Markup:
    options = Markup("").join(
        Markup("<option value='{0}'>{1}</option>").format(value, value or "no") for value in values
    )
    return Markup("<select name={}>{}</select>").format(name, options)

"""What the portal does at Microsoft about its own sign-in."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings

from connections import services
from journal.models import Operation
from journal.work import Done, Work
from partnercenter import connect
from partnercenter.reach import Reach
from partnercenter.reach import reach as _reach
from partnercenter.signin import SignedIn, SignIn


def check(work: Work) -> Done:
    """`connection.check`: params `alias`. Uses the sign-in and hears whether it had a factor."""
    alias = work.params["alias"]
    has_mfa = connect(alias).has_mfa()
    return Done({"has_mfa": has_mfa}, partial(_note, alias, has_mfa))


def begin(*, alias: str, redirect_uri: str) -> SignIn:
    """Where to send the administrator. Raises RemoteError."""
    return connect(alias).begin_sign_in(redirect_uri=redirect_uri)


def finish(*, alias: str, flow: dict[str, Any], answer: Mapping[str, str]) -> SignedIn:
    """What the administrator's browser brought back. Raises RemoteError."""
    return connect(alias).finish_sign_in(flow=flow, answer=answer)


def reach(alias: str, *, timeout: float) -> list[Reach]:
    """Whether the region's addresses answer, without signing in; never raises."""
    return _reach(settings.PARTNER_CENTER[alias].get("OPTIONS", {}), timeout=timeout)


def _note(alias: str, has_mfa: bool | None, _operation: Operation) -> None:
    services.note_mfa(alias=alias, has_mfa=has_mfa)

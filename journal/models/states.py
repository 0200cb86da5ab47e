"""The states as people read them, and who must act next."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """The words are those of OVH's panel and API."""

    TODO = "todo", _("to do")
    DOING = "doing", _("in progress")
    DONE = "done", _("done")
    ERROR = "error", _("error")
    CANCELLED = "cancelled", _("cancelled")


class Ending(models.TextChoices):
    """How an attempt ended; the classes of errors by their names."""

    DONE = "done", _("done")
    LOST = "lost", _("the worker vanished")
    BROKE = "broke", _("the portal failed")
    BUSY = "Busy", _("the other side was busy")
    UNKNOWN = "OutcomeUnknown", _("no usable answer")
    REFUSED = "Refused", _("refused")
    NOT_FOUND = "NotFound", _("not found")
    MISCONFIGURED = "Misconfigured", _("not allowed")


class NextActor(models.TextChoices):
    """Who must act before an operation goes on."""

    PORTAL = "portal", _("nobody: the portal tries again by itself")
    RESELLER = "reseller", _("you: correct the data, then try again")
    OWNER = "owner", _("an owner of the account")
    CUSTOMER = "customer", _("the customer")
    MICROSOFT = "microsoft", _("Microsoft")
    STAFF = "staff", _("the provider's staff")


SIGN_IN = "sign-in"
"""The code of an operation that waits until the provider has signed in at Microsoft again."""

OPEN = (State.TODO, State.DOING)

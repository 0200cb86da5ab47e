"""The page of each change: a literal table, read by one view."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from subscriptions import forms


@dataclass(frozen=True)
class Page:
    """What stands on a page of change, and who may use it."""

    form: type[forms.WishForm]
    title: str | Promise
    about: str
    """Template that explains, before anything is chosen."""
    submit: str | Promise
    """Of the button that really does it."""
    need: Role = Role.MANAGER
    is_danger: bool = False
    has_choice: bool = True
    """Without one, the preview stands there at once."""
    has_preview: bool = True


PAGES: Final[dict[str, Page]] = {
    "seats": Page(
        forms.SeatsForm,
        _("Change the number of licences"),
        "subscriptions/_about_seats.html",
        _("Change the number of licences"),
    ),
    "cancel": Page(
        forms.CancelForm,
        _("Cancel the subscription"),
        "subscriptions/_about_cancel.html",
        _("Cancel the subscription"),
        is_danger=True,
        has_choice=False,
    ),
    "suspend": Page(
        forms.SuspendForm,
        _("Suspend the subscription"),
        "subscriptions/_about_suspend.html",
        _("Suspend the subscription"),
        is_danger=True,
        has_choice=False,
    ),
    "reactivate": Page(
        forms.ReactivateForm,
        _("Reactivate the subscription"),
        "subscriptions/_about_reactivate.html",
        _("Reactivate the subscription"),
        has_choice=False,
    ),
    "rename": Page(
        forms.RenameForm,
        _("Rename the subscription"),
        "subscriptions/_about_rename.html",
        _("Rename"),
        need=Role.OPERATOR,
        has_preview=False,
    ),
    "end": Page(
        forms.EndForm,
        _("At the end of the term"),
        "subscriptions/_about_end.html",
        _("Choose this"),
    ),
    "schedule": Page(
        forms.ScheduleForm,
        _("Schedule a change for the renewal"),
        "subscriptions/_about_schedule.html",
        _("Schedule the change"),
    ),
    "unschedule": Page(
        forms.ClearForm,
        _("Give up the scheduled change"),
        "subscriptions/_about_unschedule.html",
        _("Give up the scheduled change"),
        has_choice=False,
    ),
    "trial": Page(
        forms.TrialForm,
        _("Pay for the trial"),
        "subscriptions/_about_trial.html",
        _("Pay for the trial"),
    ),
    "plan": Page(
        forms.PlanForm,
        _("Change term or payment"),
        "subscriptions/_about_plan.html",
        _("Change term or payment"),
    ),
}

UPGRADE: Final = Page(
    forms.UpgradeForm,
    _("Upgrade to another licence"),
    "subscriptions/_about_upgrade.html",
    _("Upgrade"),
)
"""Its choices come from Microsoft, so it has a view of its own."""

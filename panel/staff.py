"""Pages of the provider's staff that belong to no account; everybody else finds nothing here."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import need_staff
from panel import doctor, examples


@never_cache
@login_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """What stands and what does not, at most half a minute old."""
    need_staff(request)
    found = doctor.examination()
    counts = [
        (state.value, _("%(state)s: %(n)d") % {"state": state.label, "n": found.count(state)})
        for state in doctor.State
        if found.count(state)
    ]
    return render(request, "panel/health.html", {"found": found, "counts": counts})


@login_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every part that pages are made of, with example data."""
    need_staff(request)
    return render(request, "panel/styleguide.html", examples.all_of_them())

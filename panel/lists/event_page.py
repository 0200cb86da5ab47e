"""One event: who, when, what about, everything before and after."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.access import actor_of
from accounts.operations.access import events_for
from accounts.operations.events import event_label
from panel.lists.audit import AUDIT, who
from panel.lists.differences import differences, facts
from panel.lists.places import service_link, subject_link, with_service


@login_required
@require_GET
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """For those who may read the audit; a stranger finds nothing."""
    actor = actor_of(request)
    found = get_object_or_404(with_service(events_for(actor), actor), pk=pk)
    actor.need(AUDIT.need)
    context = {
        "event": found,
        "what": event_label(found.kind),
        "who": who(found),
        "service": service_link(found),
        "subject": subject_link(found),
        "differences": differences(found.data),
        "facts": facts(found.data),
    }
    return render(request, "panel/lists/event.html", context)

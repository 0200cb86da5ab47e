"""The door to changes of many rows: each is its author's alone."""

from datetime import timedelta

from django.db.models import QuerySet
from django.http import Http404
from django.utils.timezone import now

from accounts.access import Actor
from panel.bulk.models import BulkJob, JobState

RECENT = timedelta(days=1)


def job_for(actor: Actor, pk: int) -> BulkJob:
    """Raises Http404 for everybody else: its rows are what the author may see."""
    rows = BulkJob.objects.filter(account=actor.account, user=actor.user, pk=pk)
    job = rows.select_related("user", "account").first()
    if job is None:
        raise Http404
    return job


def recent_jobs(actor: Actor, listing: str) -> QuerySet[BulkJob]:
    """Begun within a day, the latest three."""
    mine = BulkJob.objects.filter(account=actor.account, user=actor.user, list=listing)
    begun = mine.filter(state__in=[JobState.RUNNING, JobState.ASKED])
    return begun.filter(started_at__gte=now() - RECENT)[:3]

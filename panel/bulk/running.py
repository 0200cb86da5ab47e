"""Carries out a confirmed change of many rows: one operation each, asked for one by one."""

from django.utils import translation

from journal.models import Operation
from journal.work import Done, Work
from panel.bulk import jobs
from panel.bulk.models import BulkJob, RowState


def run(work: Work) -> Done:
    """Rows that are settled stay so: a repeat goes on where the last attempt ended."""
    job = BulkJob.objects.select_related("user", "account").get(pk=work.params["job"])
    with translation.override(job.user.language):
        for row in job.rows.filter(state=RowState.WAITING):
            jobs.carry_out(job=job, row=row)

    def write(operation: Operation) -> None:
        job.end()

    return Done(write=write)

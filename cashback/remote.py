"""What the journal does for the cashback; nobody outside is asked."""

from accounts.models import PartnerId
from cashback import services
from common.clock import microsoft_now
from journal.models import Operation
from journal.work import Done, Work


def count(_work: Work) -> Done:
    """`cashback.count`: the seats of today, then every statement."""
    return Done(write=_count)


def compute(work: Work) -> Done:
    """`cashback.compute`: the statements of one MPN ID; months that are over are closed."""
    partner = PartnerId.objects.select_related("account").get(pk=work.params["partner_id"])

    def write(_operation: Operation) -> None:
        services.bring_up_to_date(partner_id=partner, at=microsoft_now())

    return Done(write=write)


def _count(_operation: Operation) -> None:
    services.count_seats(day=microsoft_now().date())
    services.ask_to_compute_all()

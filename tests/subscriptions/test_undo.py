"""One click back: the end that was chosen, and what was scheduled or given up."""

from collections.abc import Callable

from subscriptions.models import Subscription
from tests.people import People
from tests.stories.form import Form


def test_one_click_back_each_way(
    people: People, subscription: Subscription, run_journal: Callable[..., int]
) -> None:
    here = f"/subscriptions/{subscription.pk}/"
    service = subscription.tenant.get_absolute_url()
    manager = people.manager

    def undone(label: str, where: str = here) -> Subscription:
        page = manager.get(where).content.decode()
        assert label in page
        assert label not in people.viewer.get(where).content.decode()
        start = page.index('<form class="undo"')
        form = page[start : page.index("</form>", start)]
        address = form.split('action="')[1].partition('"')[0]
        assert manager.post(address, Form(form).values).status_code == 302
        run_journal(skip_pauses=True)
        return Subscription.objects.get()

    manager.post(f"{here}end/", {"choice": "cancel", "confirm": "1"})
    for page in (here, service):  # before it is done
        assert "Undo" not in manager.get(page).content.decode()
    run_journal(skip_pauses=True)
    row = undone("Undo: renew it", service)
    assert (row.end_choice, row.auto_renew) == ("renew", True)

    manager.post(f"{here}schedule/", {"quantity": "2", "plan": "", "confirm": "1"})
    run_journal(skip_pauses=True)
    assert undone("Undo: keep it as it is").scheduled == {}
    assert undone("Undo: schedule it again").scheduled["quantity"] == 2

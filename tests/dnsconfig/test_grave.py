"""Taking a domain's MX records away ends its mail: its name is typed, and a proof is asked for."""

from django.test import Client

from dnsconfig import services
from dnsconfig.models import PlanState
from tests.accounts.factor.app import prove_by_password
from tests.dnsconfig.conftest import Scene
from tests.stories.form import Form

SENTENCE = "loses its MX records: no mail arrives any more."


def test_the_end_of_mail_is_asked_for_by_name(scene: Scene) -> None:
    run = scene.prepare("Email")
    browser = Client()
    browser.force_login(scene.tenant.account.members.get(email__startswith="operator"))
    assert SENTENCE not in browser.get(run.get_absolute_url()).content.decode()
    done = scene.launch(run)

    end = scene.go_on(services.undo(plan=done, by=scene.by))
    here = end.get_absolute_url()
    assert SENTENCE in browser.get(here).content.decode()

    def launch(name: str) -> str:
        return str(browser.post(f"{here}launch/", {"typed_name": name})["Location"])

    assert launch("another.example") == here
    page = browser.get(here).content.decode()
    assert "This is another name." in page
    assert Form(page).values["typed_name"] == "another.example"
    assert "/reauthenticate/" in launch(end.domain.name)
    prove_by_password(browser)
    end.refresh_from_db()
    assert end.state == PlanState.READY
    assert launch(end.domain.name) == here
    assert scene.go_on(end).state == PlanState.DONE

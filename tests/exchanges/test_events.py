"""The events that the sandbox delivers are built as the vendor prints them."""

import json
from typing import Any

import pytest

from tests.exchanges.examples import NEEDED, exchanges
from tests.exchanges.shapes import missing
from tests.exchanges.stage import Stage
from tests.sandbox.caller import GDAPS

pytestmark = NEEDED


def changed(stage: Stage) -> None:
    stage.patched(stage.bought(), quantity=6)


def asked_for(stage: Stage) -> None:
    stage.call("POST", "/webhooks/v1/registration/validationEvents")


def accepted(stage: Stage) -> None:
    stage.control("relationships/accept", {"domain": "existing-bakery.onmicrosoft.com"})


def approved(stage: Stage) -> None:
    path = stage.gdap()
    stage.graph("POST", f"{path}/requests", {"action": "lockForApproval"})
    domain = stage.get(stage.at)["companyProfile"]["domain"]
    stage.control("gdap/approve", {"domain": domain})
    assert stage.graph("GET", f"{GDAPS}/{path.rpartition('/')[2]}").status_code == 200


CAUSES = {
    "webhooks/event-granular-admin-relationship-approved": approved,
    "webhooks/event-reseller-relationship-accepted-by-customer": accepted,
    "webhooks/event-subscription-updated": changed,
    "webhooks/event-test-created-signed": asked_for,
}


@pytest.mark.parametrize("printed", sorted(CAUSES))
def test_an_event_is_built_as_printed(printed: str) -> None:
    body = exchanges()[printed].body
    stage = Stage()
    hook = {"WebhookUrl": "http://127.0.0.1:9/hook", "WebhookEvents": [body["EventName"]]}
    assert stage.call("POST", "/webhooks/v1/registration", hook).status_code == 200
    CAUSES[printed](stage)
    told: list[Any] = [
        json.loads(each["body"]) for each in stage.world.table("deliveries").values()
    ]
    assert told
    for event in told:
        assert list(missing(body, event)) == []
        assert set(event) == set(body)
        assert event["ResourceName"].lower() == body["ResourceName"].lower()

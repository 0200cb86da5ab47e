"""The REST client keeps the contract, against the sandbox mounted into it."""

import httpx
import pytest

from partnercenter import PartnerCenter
from partnercenter.rest import RestPartnerCenter
from sandbox.app import create_app
from sandbox.world import World
from tests.contracts.partner_center import PartnerCenterContract
from tests.sandbox_fixture import MICROSOFT, ORIGIN


class TestRestPartnerCenter(PartnerCenterContract):
    @pytest.fixture(autouse=True)
    def _sandbox(self) -> None:
        self.world = World()
        self.world.delays.update(dict.fromkeys(self.world.delays, 0.0))
        self.transport = httpx.WSGITransport(app=create_app(self.world))

    def make(self) -> PartnerCenter:
        return RestPartnerCenter(
            transport=self.transport,
            **MICROSOFT,
            authority=ORIGIN,
            partner_center=ORIGIN,
            graph=f"{ORIGIN}/v1.0",
            prices=ORIGIN,
        )

    def approve(self, domain: str) -> None:
        with httpx.Client(transport=self.transport, base_url=ORIGIN) as control:
            control.post("/_sandbox/gdap/approve", json={"domain": domain}).raise_for_status()

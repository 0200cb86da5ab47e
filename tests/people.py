"""The people of the stories.

Northwind is a reseller with an owner, a manager, an operator and a viewer. Fabrikam is another
reseller: its owner is the stranger. Staff belong to the provider, nobody has not signed in.
"""

from dataclasses import dataclass, field
from functools import cached_property

from allauth.account.models import EmailAddress
from django.test import Client
from rest_framework.test import APIClient

from accounts import tokens
from accounts.models import Account, Membership, PartnerId, PartnerState, Role, User

PASSWORD = "correct horse battery staple"
ROLES = [str(role) for role in Role]


@dataclass(frozen=True)
class Reseller:
    """An account with one user per role and a valid MPN ID."""

    account: Account
    partner_id: PartnerId
    users: dict[str, User]


def open_reseller(*, name: str, nic_handle: str, mpn_id: str, roles: list[str]) -> Reseller:
    """Rows only: nobody is asked."""
    account = Account.objects.create(name=name, nic_handle=nic_handle)
    partner_id = PartnerId.objects.create(
        account=account,
        mpn_id=mpn_id,
        name=f"{name} SAS",
        tenant_id=f"aaaaaaaa-0000-4000-8000-{int(mpn_id):012d}",
        state=PartnerState.VALID,
    )
    users = {}
    for role in roles:
        users[role] = User.objects.create_user(f"{role}@{name.lower()}.example", PASSWORD)
        EmailAddress.objects.create(
            user=users[role], email=users[role].email, verified=True, primary=True
        )
        Membership.objects.create(account=account, user=users[role], role=role)
    return Reseller(account, partner_id, users)


@dataclass
class People:
    """Signed-in browsers by role, and API clients that carry a token."""

    northwind: Reseller
    fabrikam: Reseller
    _clients: dict[str, Client] = field(default_factory=dict)

    def user(self, who: str) -> User:
        """`owner` … `viewer` of Northwind, `stranger` (Fabrikam's owner) or `staff`."""
        if who == "staff":
            return self._staff_user
        if who == "stranger":
            return self.fabrikam.users["owner"]
        return self.northwind.users[who]

    def client(self, who: str) -> Client:
        """The browser of this person; `nobody` has not signed in."""
        if who not in self._clients:
            self._clients[who] = Client()
            if who != "nobody":
                self._clients[who].force_login(self.user(who))
        return self._clients[who]

    def api(self, who: str) -> APIClient:
        """An integrator with a token of this person, as strong as the person; `nobody` has none."""
        client = APIClient()
        if who != "nobody":
            reseller = self.fabrikam if who == "stranger" else self.northwind
            role = who if who in ROLES else "owner"
            _token, secret = tokens.create(
                account=reseller.account, user=self.user(who), name="tests", role=role
            )
            client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return client

    @cached_property
    def _staff_user(self) -> User:
        return User.objects.create_superuser("staff@portal.example", PASSWORD)

    @property
    def owner(self) -> Client:
        return self.client("owner")

    @property
    def manager(self) -> Client:
        return self.client("manager")

    @property
    def operator(self) -> Client:
        return self.client("operator")

    @property
    def viewer(self) -> Client:
        return self.client("viewer")

    @property
    def stranger(self) -> Client:
        return self.client("stranger")

    @property
    def staff(self) -> Client:
        return self.client("staff")

    @property
    def nobody(self) -> Client:
        return self.client("nobody")

"""Users and roles over Partner Center; GDAP and domains over Graph."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote, urlencode

from common.errors import NotFound, Refused
from partnercenter.base.tenant import DomainCalls, GdapCalls, UserCalls
from partnercenter.request import Request
from partnercenter.rest.calls import Calls
from partnercenter.rest.pages import continued, linked
from partnercenter.types import (
    AccessAssignment,
    DirectoryRole,
    DnsRecord,
    Domain,
    Gdap,
    RoleMember,
    User,
)

_DELETED = '{"Field":"UserState","Value":"Inactive","Operator":"equals"}'
_RELATIONSHIPS = "/tenantRelationships/delegatedAdminRelationships"


class RestUserCalls(Calls, UserCalls):
    """`UserCalls` over REST."""

    def users(
        self, *, customer_id: str, deleted: bool = False, timeout: float | None = None
    ) -> Iterator[User]:
        query = {"size": "500", **({"filter": _DELETED} if deleted else {})}
        path = f"/v1/customers/{customer_id}/users?{urlencode(query)}"
        return (User.parse(item) for item in continued(self._session, path, timeout))

    def user(self, *, customer_id: str, user_id: str, timeout: float | None = None) -> User:
        return User.parse(
            self._get(f"/v1/customers/{customer_id}/users/{user_id}", timeout=timeout)
        )

    def create_user(self, request: Request, *, request_id: str) -> User:
        return User.parse(self._written(request, request_id))

    def reset_password(self, request: Request, *, request_id: str) -> User:
        try:
            answer = self.send(request, request_id=request_id)
        except NotFound as missing:
            if missing.code:
                raise
            # A national cloud without the newer route takes the same body on the user.
            older = replace(request, path=request.path.removesuffix("/resetpassword"))
            answer = self.send(older, request_id=request_id)
        return User.parse(answer.value)

    def directory_roles(
        self, *, customer_id: str, timeout: float | None = None
    ) -> list[DirectoryRole]:
        path = f"/v1/customers/{customer_id}/directoryroles"
        return [DirectoryRole.parse(item) for item in self._list(path, timeout=timeout)]

    def role_members(
        self, *, customer_id: str, role_id: str, timeout: float | None = None
    ) -> list[RoleMember]:
        path = f"/v1/customers/{customer_id}/directoryroles/{role_id}/usermembers"
        return [RoleMember.parse(item) for item in self._list(path, timeout=timeout)]

    def assign_role(self, request: Request, *, request_id: str) -> RoleMember:
        return RoleMember.parse(self._written(request, request_id))


class RestGdapCalls(Calls, GdapCalls):
    """`GdapCalls` over Graph, in the provider's tenant."""

    def create_gdap(self, request: Request, *, request_id: str) -> Gdap:
        return Gdap.parse(self._written(request, request_id, "id"))

    def lock_gdap(self, request: Request, *, request_id: str) -> None:
        self.send(request, request_id=request_id)

    def extend_gdap(self, request: Request, *, request_id: str) -> Gdap:
        return Gdap.parse(self._written(request, request_id, "id"))

    def terminate_gdap(self, request: Request, *, request_id: str) -> None:
        self.send(request, request_id=request_id)

    def gdap(self, *, gdap_id: str, timeout: float | None = None) -> Gdap:
        path = f"{_RELATIONSHIPS}/{gdap_id}"
        return Gdap.parse(self._get(path, service="graph", timeout=timeout))

    def gdaps(self, *, customer_id: str = "", timeout: float | None = None) -> list[Gdap]:
        wanted = f"customer/tenantId eq '{customer_id}'"
        path = f"{_RELATIONSHIPS}?$filter={quote(wanted)}" if customer_id else _RELATIONSHIPS
        found = (Gdap.parse(item) for item in linked(self._session, path, timeout, ""))
        return [each for each in found if customer_id.lower() in ("", each.customer_id)]

    def assign_gdap(self, request: Request, *, request_id: str) -> AccessAssignment:
        return AccessAssignment.parse(self._written(request, request_id, "id"))

    def access_assignments(
        self, *, gdap_id: str, timeout: float | None = None
    ) -> list[AccessAssignment]:
        path = f"{_RELATIONSHIPS}/{gdap_id}/accessAssignments"
        return [AccessAssignment.parse(item) for item in linked(self._session, path, timeout, "")]


class RestDomainCalls(Calls, DomainCalls):
    """`DomainCalls` over Graph, in the customer's tenant."""

    def domains(self, *, customer_id: str, timeout: float | None = None) -> list[Domain]:
        found = linked(self._session, "/domains", timeout, customer_id)
        return [Domain.parse(item) for item in found]

    def domain(self, *, customer_id: str, name: str, timeout: float | None = None) -> Domain:
        asked = {"service": "graph", "customer_tenant": customer_id}
        return Domain.parse(self._get(f"/domains/{quote(name)}", timeout=timeout, **asked))

    def add_domain(self, request: Request, *, request_id: str) -> Domain:
        return Domain.parse(self._written(request, request_id, "id"))

    def verification_records(
        self, *, customer_id: str, name: str, timeout: float | None = None
    ) -> list[DnsRecord]:
        path = f"/domains/{quote(name)}/verificationDnsRecords"
        return self._records(customer_id, path, timeout)

    def verify_domain(self, request: Request, *, request_id: str) -> Domain:
        try:
            answer = self.send(request, request_id=request_id)
        except NotFound:
            raise
        except Refused as refusal:
            if refusal.field:
                raise
            name = request.path.split("/")[2]
            return self.domain(customer_id=request.customer_tenant, name=name)
        return Domain.parse(answer.value)

    def enable_services(self, request: Request, *, request_id: str) -> None:
        self.send(request, request_id=request_id)

    def service_records(
        self, *, customer_id: str, name: str, timeout: float | None = None
    ) -> list[DnsRecord]:
        path = f"/domains/{quote(name)}/serviceConfigurationRecords"
        return self._records(customer_id, path, timeout)

    def _records(self, customer_id: str, path: str, timeout: float | None) -> list[DnsRecord]:
        asked = {"service": "graph", "customer_tenant": customer_id}
        return [DnsRecord.parse(item) for item in self._list(path, timeout=timeout, **asked)]

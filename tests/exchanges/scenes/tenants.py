"""Inside a customer's tenant, and the webhooks."""

from typing import Any

from sandbox.delivery import deliver_due
from tests.exchanges.examples import Exchange
from tests.exchanges.scenes.scene import (
    HOOK,
    REGISTRATION,
)
from tests.exchanges.stage import Stage
from tests.sandbox.caller import (
    BASIC,
    read,
)


def domain_created(s: Stage, x: Exchange) -> Any:
    return s.inside("POST", "/domains", {"id": f"{s.name()}.example"})


def domain_verified(s: Stage, x: Exchange) -> Any:
    name = s.get(s.tenant)["companyProfile"]["domain"]
    return s.inside("POST", f"/domains/{name}/verify")


def domain_changed(s: Stage, x: Exchange) -> Any:
    name = s.get(s.tenant)["companyProfile"]["domain"]
    return s.inside("PATCH", f"/domains/{name}", x.body)


def service_records(s: Stage, x: Exchange) -> Any:
    path = s.domain()
    with s.world.change():  # nobody looks into the DNS here
        name = path.rpartition("/")[2]
        tenant = s.tenant.rpartition("/")[2]
        s.world.table("domains")[f"{tenant}/{name}"]["verified"] = True
    s.inside("PATCH", path, {"supportedServices": ["Email"]})
    return s.inside("GET", f"{path}/serviceConfigurationRecords")


def assigned(s: Stage, x: Exchange) -> Any:
    path = s.gdap()
    s.graph("POST", f"{path}/requests", {"action": "lockForApproval"})
    domain = s.get(s.at)["companyProfile"]["domain"]
    s.control("gdap/approve", {"domain": domain})
    body = {**x.body, "accessDetails": s.gdap_body()["accessDetails"]}
    return s.graph("POST", f"{path}/accessAssignments", body)


def locked(s: Stage, x: Exchange) -> Any:
    return s.graph("POST", f"{s.gdap()}/requests", x.body)


def licence_given(s: Stage, x: Exchange) -> Any:
    s.buy(s.tenant, s.line(BASIC, 1))
    return s.asked(x, f"{s.user()}/licenseupdates", licence_body(s))


def licence_body(s: Stage) -> Any:
    assert s.order
    (first, *_) = s.get(f"{s.at}/subscribedskus")["items"]
    given = {"ExcludedPlans": None, "SkuId": first["productSku"]["id"]}
    return {"LicensesToAssign": [given], "LicensesToRemove": None, "LicenseWarnings": None}


def no_licence_free(s: Stage, x: Exchange) -> Any:
    body = {
        **x.body,
        "LicensesToAssign": [{"SkuId": "00000000-0000-4000-8000-000000000000"}],
    }
    return s.asked(x, f"{s.user()}/licenseupdates", body)


def no_licence_right(s: Stage, x: Exchange) -> Any:
    customer = s.named("Bakery")
    user = s.get(f"{customer}/users")["items"][0]["id"]
    return s.asked(x, f"{customer}/users/{user}/licenseupdates", x.body)


def licences_of_user(s: Stage, x: Exchange) -> Any:
    s.buy(s.tenant, s.line(BASIC, 1))
    user = s.user()
    given = s.call("POST", f"{user}/licenseupdates", licence_body(s))
    assert given.status_code == 201, given.get_data()
    return s.asked(x, f"{user}/licenses")


def user_created(s: Stage, x: Exchange) -> Any:
    domain = s.get(s.tenant)["companyProfile"]["domain"]
    names = {"usageLocation": "FR", "userPrincipalName": f"{s.name()}@{domain}"}
    return s.asked(x, f"{s.tenant}/users", {**x.body, **names})


def user_deleted(s: Stage, x: Exchange) -> Any:
    return s.asked(x, s.user())


def deleted_users(s: Stage, x: Exchange) -> Any:
    s.call("DELETE", s.user())
    return s.asked(x, f"{s.tenant}/users")


def user_restored(s: Stage, x: Exchange) -> Any:
    path = s.user()
    s.call("DELETE", path)
    return s.asked(x, path, x.body)


def role_given(s: Stage, x: Exchange) -> Any:
    role, user = a_role(s), s.get(s.user())
    named = {"Id": user["id"], "UserPrincipalName": user["userPrincipalName"]}
    return s.asked(x, f"{s.tenant}/directoryroles/{role}/usermembers", {**x.body, **named})


def role_taken(s: Stage, x: Exchange) -> Any:
    role, user = a_role(s), s.user()
    members = f"{s.tenant}/directoryroles/{role}/usermembers"
    user_id = user.rpartition("/")[2]
    s.call("POST", members, {"id": user_id})
    return s.asked(x, f"{members}/{user_id}")


def roles_of_user(s: Stage, x: Exchange) -> Any:
    path = f"{s.tenant}/users"
    first = s.get(path)["items"][0]["id"]
    return s.asked(x, f"{path}/{first}/directoryroles")


def a_role(s: Stage) -> str:
    return str(s.get(f"{s.tenant}/directoryroles")["items"][-1]["id"])


def registered(s: Stage, x: Exchange, then: str = "") -> Any:
    s.call("POST", REGISTRATION, HOOK)
    return s.asked(x, f"{REGISTRATION}{then}", HOOK if x.body else None)


def tested(s: Stage, x: Exchange) -> Any:
    s.call("POST", REGISTRATION, HOOK)
    sent = read(s.call("POST", f"{REGISTRATION}/validationEvents"))["correlationId"]
    deliver_due(s.world)
    return s.asked(x, f"{REGISTRATION}/validationEvents/{sent}")

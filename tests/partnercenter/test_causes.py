"""Every code that Microsoft has published has one cause, with words in both languages."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext

from common.errors import Busy, Misconfigured, NotFound, RemoteError
from partnercenter.causes import ALL, Family, cause_of
from tests.partnercenter.microsoft import CUSTOMER, Microsoft, refused

HERE = Path(__file__).resolve().parents[2]
EXAMPLES = Path(os.environ.get("EXAMPLES", HERE.parent / "shared/data/partner-center"))


@pytest.mark.skipif(not EXAMPLES.exists(), reason=f"no vendor examples at {EXAMPLES}")
def test_every_published_code_has_a_cause() -> None:
    told = json.loads((EXAMPLES / "rules/error-codes.json").read_text())
    codes = {str(row["code"]) for row in [*told["codes"], *told["seenElsewhere"]]}
    assert len(codes) > 200
    known = {code for cause in ALL for code in cause.codes.split()}
    assert codes - known == set()


def test_no_code_has_two_causes_on_the_same_path() -> None:
    seen: set[tuple[str, str]] = set()
    for cause in ALL:
        for code in cause.codes.split():
            assert (code, cause.where) not in seen, code
            seen.add((code, cause.where))


@pytest.mark.parametrize("cause", ALL, ids=lambda cause: cause.codes.split()[0])
def test_it_is_said_in_french(cause: Any) -> None:
    with translation.override("fr"):
        assert gettext(cause.text) != cause.text


@pytest.mark.parametrize(
    ("status", "code", "kind", "field"),
    [
        (400, 800090, RemoteError, "quantity"),
        (400, 900117, RemoteError, ""),
        (403, 13605, RemoteError, ""),
        (404, 400019, NotFound, "lines"),
        (403, 800067, RemoteError, "quantity"),
        (409, 900278, Busy, ""),
        (400, 800082, Busy, ""),
        (403, 900329, Misconfigured, ""),
        (400, 800024, Misconfigured, ""),
        (400, 900123, RemoteError, "mpn_id"),
        (400, 600050, RemoteError, "registration_number"),
    ],
)
def test_who_acts_next(status: int, code: int, kind: type[RemoteError], field: str) -> None:
    client = Microsoft(refused(status, code, "Microsoft says so")).client()
    with pytest.raises(kind) as raised:
        client.subscriptions(customer_id=CUSTOMER)
    error = raised.value
    cause = cause_of(str(code), "/subscriptions")
    assert cause is not None
    assert error.message == cause.text
    assert error.detail == "Microsoft says so"
    assert (error.code, error.field) == (str(code), field)


def test_an_unknown_code_keeps_microsofts_words() -> None:
    client = Microsoft(refused(400, 987654, "Something new")).client()
    with pytest.raises(RemoteError) as raised:
        client.subscriptions(customer_id=CUSTOMER)
    assert (raised.value.message, raised.value.code) == ("Something new", "987654")


def test_the_same_code_means_other_things_elsewhere() -> None:
    seats = cause_of("2001", f"/v1/customers/{CUSTOMER}/subscriptions/1")
    digits = cause_of("2001", "/v1/compliance/csp/agreementstatus?mpnId=x")
    assert seats is not None and "suspended" in seats.text
    assert digits is not None and digits.family == Family.DATA and "digits" in digits.text

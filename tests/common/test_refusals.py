"""What our own rules forbid, told beside the field: in forms and over REST."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.response import Response

from common.errors import Busy, RemoteError
from common.refusals import Impossible
from common.rest import problem


def _told(error: Exception) -> tuple[int, dict[str, Any]]:
    answer = problem(error, {"view": None})
    assert isinstance(answer, Response)
    assert answer.content_type == "application/problem+json"
    assert answer.data["status"] == answer.status_code
    return answer.status_code, json.loads(json.dumps(answer.data))


def test_it_is_a_sentence_beside_a_field() -> None:
    refusal = Impossible("Too many.", field="quantity", code="maximum")
    assert (str(refusal), refusal.code) == ("Too many.", "maximum")
    assert refusal.by_field() == {"quantity": ["Too many."]}


def test_without_a_field_it_is_about_the_form() -> None:
    assert Impossible("Not now.").by_field() == {"non_field_errors": ["Not now."]}


def test_several_at_once() -> None:
    refusal = Impossible.several({"city": "Unknown.", "": "Not now."})
    assert refusal.by_field() == {"city": ["Unknown."], "non_field_errors": ["Not now."]}
    assert str(refusal) == "Unknown."


def test_over_rest_it_is_a_problem() -> None:
    code, told = _told(Impossible("Too many.", field="quantity"))
    assert (code, told["title"]) == (422, "Too many.")
    assert told["errors"] == {"quantity": ["Too many."]}


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Http404(), 404),
        (PermissionDenied(), 403),
        (ValidationError({"mpn_id": ["Digits only."]}), 400),
        (Busy("slow down", code="429"), 502),
        (RemoteError("?"), 502),
    ],
)
def test_all_that_a_caller_can_cause_is_a_problem(error: Exception, code: int) -> None:
    assert _told(error)[0] == code


def test_throttling_says_when() -> None:
    error = Throttled(wait=3)
    answer = problem(error, {"view": None})
    assert answer is not None
    assert answer.status_code == 429


def test_our_own_mistakes_are_not_hidden() -> None:
    assert problem(LookupError(), {"view": None}) is None

"""What our own rules forbid, before anybody else is asked."""

from collections.abc import Mapping
from typing import Any


class Impossible(Exception):
    """A wish that the rules forbid; the texts are for the person who wished.

    `field` names the form field a text belongs beside; empty: the form as a whole. `facts` (JSON)
    go with the answer of the API.
    """

    def __init__(
        self, text: str, *, field: str = "", code: str = "", facts: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(text)
        self.code = code
        self.facts = dict(facts or {})
        self.errors: dict[str, list[str]] = {field: [str(text)]}

    @classmethod
    def several(cls, errors: Mapping[str, str]) -> "Impossible":
        """All that is wrong at once; `errors` maps fields to texts and is not empty."""
        first = cls(next(iter(errors.values())))
        first.errors = {field: [text] for field, text in errors.items()}
        return first

    def by_field(self) -> dict[str, list[str]]:
        """As REST answers spell it."""
        return {field or "non_field_errors": texts for field, texts in self.errors.items()}

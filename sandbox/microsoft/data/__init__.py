"""What the sandbox knows from the start, as JSON files."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> Any:
    """The content of `<name>.json`; shared, so read it only."""
    return json.loads(files(__name__).joinpath(f"{name}.json").read_text("utf-8"))

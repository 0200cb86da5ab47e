"""JSON answers."""

import json
from typing import Any

from werkzeug import Response

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def json_response(body: Any, status: int = 200, *, mark: bool = False) -> Response:
    """Compact JSON; `mark` puts the byte order mark of Microsoft's front door before it."""
    text = json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
    return Response(
        (BYTE_ORDER_MARK if mark else b"") + text,
        status,
        content_type="application/json; charset=utf-8",
    )

"""What each vendor says to an unknown path, and to a call that gets a fault."""

from typing import Any

from werkzeug import Request, Response

from sandbox.answers import json_response


def fault_answer(service: str, status: int, retry_after: int) -> Response:
    """An error of that status in the service's own shape."""
    return json_response(_shape(service, status, retry_after), status)


def unknown_path(service: str, request: Request) -> Response:
    """404 as the vendor of that path words it."""
    if service == "ovh":
        # OVH names method and path, once in each of its two shapes.
        message = f"Got an invalid (or empty) URL: {request.method} {request.path}"
        return json_response({"message": message, "class": "Client::NotFound"}, 404)
    if service == "partnercenter":
        return Response(status=404)
    if service == "graph":
        message = f"Resource not found for the segment '{request.path.rsplit('/', 1)[-1]}'."
        return json_response({"error": {"code": "BadRequest", "message": message}}, 400)
    return Response("Not found\n", 404, mimetype="text/plain")


def _shape(service: str, status: int, retry_after: int) -> dict[str, Any]:
    wait = f"Rate limit is exceeded. Try again in {retry_after} seconds."
    message = wait if status == 429 else "An internal error occurred."
    if service == "graph":
        code = "TooManyRequests" if status == 429 else "generalException"
        return {"error": {"code": code, "message": message}}
    if service == "ovh":
        kind = "Client" if status < 500 else "Server"
        return {"class": f"{kind}::Fault", "message": message}
    if service == "login":
        return {"error": "temporarily_unavailable", "error_description": message}
    if status == 429:
        return {"statusCode": 429, "message": message}
    return {"code": status, "description": message, "data": [], "source": "PartnerFD"}

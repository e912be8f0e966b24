"""``/_fakeseam/openapi.json``: the OpenAPI document of the control API."""

from __future__ import annotations

import json

from ...control.openapi_document import openapi
from ...errors import ApiError
from ...runtime.engine import Engine
from ..wire import Request, Response

__all__ = ["respond"]


def respond(engine: Engine, request: Request, request_id: str) -> Response:
    """Returns the document, whose server is the address that the request came to."""
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if request.method not in ("GET", "HEAD"):
        error = ApiError(405, "method_not_allowed", "only GET accepted")
        error.request_id = request_id
        return Response(405, {**headers, "Allow": "GET, HEAD"}, _json(error.body))
    document = openapi(engine.base_url_for(request.address), lenient_ids=engine.rules.lenient_ids)
    return Response(200, headers, _json(document))


def _json(body: object) -> bytes:
    return json.dumps(body, indent=1).encode("ascii")

"""``/_fakeseam/openapi.json``: the levers' OpenAPI document, for tools and other languages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..control.description import openapi
from ..errors import ApiError
from ..wire import Request, Response

if TYPE_CHECKING:
    from ..fake import FakeSeam

__all__ = ["answer"]


def answer(fake: FakeSeam, request: Request, request_id: str) -> Response:
    """The document, with the address in it at which it was asked for."""
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if request.method not in ("GET", "HEAD"):
        refusal = ApiError(405, "method_not_allowed", "only GET accepted")
        refusal.request_id = request_id
        return Response(405, {**headers, "Allow": "GET, HEAD"}, _json(refusal.body))
    document = openapi(
        fake.reached_at(request.address), lenient_ids=fake.rules.lenient_ids
    )
    return Response(200, headers, _json(document))


def _json(body: object) -> bytes:
    return json.dumps(body, indent=1).encode("ascii")

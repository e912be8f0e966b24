"""The endpoint that a request is for: Seam's, the fake's own, or one that the test answers."""

from __future__ import annotations

from .. import api, control
from ..api.auth import EVERYONE
from ..api.context import RequestContext
from ..api.documented import DOCUMENTED_PATHS
from ..control import CONTROL_PREFIX, is_control_path
from ..control.answer_plan import AppRequest
from ..errors import ApiError
from ..schema.endpoint import Endpoint, Owner

__all__ = ["NOT_IMPLEMENTED", "answered_endpoint", "find_endpoint"]

NO_SUCH_PATH = "not_found"
NOT_IMPLEMENTED = "fakeseam_not_implemented"


def find_endpoint(path: str) -> Endpoint | ApiError:
    """Returns the endpoint, or the error if there is none."""
    endpoint = api.endpoint_at(path) or control.endpoint_at(path)
    if endpoint is not None:
        return endpoint
    if is_control_path(path):
        names = control.nearest_names(path.removeprefix(CONTROL_PREFIX))
        near = [CONTROL_PREFIX + name for name in names]
    else:
        near = api.nearest_paths(path)
    if path in DOCUMENTED_PATHS:
        hint = f" Similar endpoints that it implements: {', '.join(near)}." if near else ""
        message = f"fakeseam does not implement {path}.{hint} A test can answer it: fake.answer()."
        return ApiError(501, NOT_IMPLEMENTED, message, data={"path": path})
    # Unsourced: Seam's answer to a path that it does not have.
    hint = f" Did you mean {near[0]}?" if near else ""
    return ApiError(404, NO_SUCH_PATH, f"No endpoint at {path}.{hint}")


def answered_endpoint(method: str, path: str) -> Endpoint:
    """Returns an endpoint that hands the request to the test, as any caller may send it.

    Unsourced: which callers Seam admits to it.
    """

    def handler(ctx: RequestContext) -> AppRequest:
        return AppRequest(ctx.method, ctx.path, dict(ctx.params), ctx.workspace_id)

    return Endpoint(
        path=path,
        methods=(method,),
        owner=Owner.SEAM,
        callers=EVERYONE,
        params={},
        response_keys=(),
        any_of=(),
        checks=(),
        partial_note=None,
        handler=handler,
        is_answered=True,
    )

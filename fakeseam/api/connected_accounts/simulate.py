"""/connected_accounts/simulate: changes of a sandbox account at its provider.

Source: docs.seam.co api/connected_accounts/simulate/disconnect.
"""

from __future__ import annotations

from ...schema.endpoint import Namespace
from ...schema.params import uuid
from ..auth import BACKEND_OR_CUSTOMER
from ..context import RequestContext
from ..workspaces.endpoints import require_sandbox
from .endpoints import find
from .errors import break_account

__all__ = ["namespace"]

namespace = Namespace("/connected_accounts/simulate")


@namespace.endpoint("POST", callers=BACKEND_OR_CUSTOMER)
def disconnect(ctx: RequestContext, *, connected_account_id: str = uuid(required=True)) -> None:
    """Disconnects the account, as a changed password does."""
    require_sandbox(ctx)
    break_account(ctx, find(ctx, connected_account_id), "disconnect")

"""/connected_accounts/simulate: the provider breaks an account of a sandbox workspace.

Source: docs.seam.co api/connected_accounts/simulate/disconnect.
"""

from __future__ import annotations

from ..core.endpoint import Namespace
from ..core.params import uuid
from .auth import BACKEND_OR_CUSTOMER
from .call import Call
from .connected_accounts import find
from .troubles import break_account
from .workspaces import require_sandbox

__all__ = ["namespace"]

namespace = Namespace("/connected_accounts/simulate")


@namespace.endpoint("POST", callers=BACKEND_OR_CUSTOMER)
def disconnect(call: Call, *, connected_account_id: str = uuid(required=True)) -> None:
    """The account loses its connection, as after a changed password."""
    require_sandbox(call)
    break_account(call, find(call, connected_account_id), "disconnect")

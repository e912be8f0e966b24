"""The tokens that open a workspace, in the shapes that the SDKs know their kinds by.

Source: docs.seam.co api/authentication.
"""

from __future__ import annotations

from .call import Call
from .tables import API_KEYS

__all__ = ["new_api_key", "new_token"]

SHORT_LENGTH = 8
LONG_LENGTH = 24


def new_token(call: Call, owner: int, prefix: str, kind: str | None = None) -> str:
    """``seam_<prefix and 8 characters>_<24 characters>`` for the workspace counted ``owner``."""
    return _token(call, owner, prefix, kind or prefix, SHORT_LENGTH)


def new_api_key(call: Call, owner: int, *, is_sandbox: bool) -> str:
    """A key that nobody has yet; its prefix is part of the 8 characters.

    Unsourced: ``prod``; all that is known of production keys is that they lack ``test``.
    """
    prefix = "test" if is_sandbox else "prod"
    while True:
        key = _token(call, owner, prefix, "api_key", SHORT_LENGTH - len(prefix))
        if call.store.get(API_KEYS, key) is None:
            return key


def _token(call: Call, owner: int, prefix: str, kind: str, length: int) -> str:
    count = call.store.count((kind, owner))
    text_of = call.world.ids.text
    first = text_of(owner, f"{kind} short", count, length=length)
    return f"seam_{prefix}{first}_{text_of(owner, kind, count, length=LONG_LENGTH)}"

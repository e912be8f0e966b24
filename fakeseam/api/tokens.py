"""New API keys and tokens, in the formats by which the SDKs recognize their kinds.

Source: docs.seam.co api/authentication.
"""

from __future__ import annotations

from .auth import holds_token
from .context import RequestContext

__all__ = ["new_api_key", "new_token"]

SHORT_LENGTH = 8
LONG_LENGTH = 24


def new_token(ctx: RequestContext, owner: int, prefix: str, kind: str | None = None) -> str:
    """Returns ``seam_<prefix and 8 characters>_<24 characters>``, hashed from ``owner`` and kind.

    ``owner`` is the ordinal of the workspace, or 0. ``kind`` is by default the prefix.
    """
    return _token(ctx, owner, prefix, kind or prefix, SHORT_LENGTH)


def new_api_key(ctx: RequestContext, owner: int, *, is_sandbox: bool) -> str:
    """Returns an API key; its prefix is part of the 8 characters.

    Unsourced: ``prod``. Seam shows of production keys only that they lack ``test``.
    """
    prefix = "test" if is_sandbox else "prod"
    return _token(ctx, owner, prefix, "api_key", SHORT_LENGTH - len(prefix))


def _token(ctx: RequestContext, owner: int, prefix: str, kind: str, length: int) -> str:
    """Returns a token of the fake's that no test has chosen for another credential."""
    text_of = ctx.ids.text
    while True:
        count = ctx.store.next_count((kind, owner))
        first = text_of(owner, f"{kind} short", count, length=length)
        token = f"seam_{prefix}{first}_{text_of(owner, kind, count, length=LONG_LENGTH)}"
        if not holds_token(ctx.store, token):
            return token

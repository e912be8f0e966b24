"""What the store keeps of a client session."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from ...core.record_types import RecordType

__all__ = ["SESSIONS", "ClientSession"]


@dataclass(frozen=True)
class ClientSession:
    """A client session; its two lists say which webviews and accounts it sees."""

    client_session_id: str
    workspace_id: str
    created_at: str
    expires_at: str
    token: str
    user_identifier_key: str | None
    user_identity_id: str | None
    customer_key: str | None
    connect_webview_ids: tuple[str, ...]
    connected_account_ids: tuple[str, ...]
    is_revoked: bool


def _index(session: ClientSession) -> Iterator[Hashable]:
    yield ("workspace", session.workspace_id)
    yield ("token", session.token)
    # None is an index value too: a list can filter by having no user, identity or webview.
    yield ("user", session.workspace_id, session.user_identifier_key)
    yield ("user_identity", session.workspace_id, session.user_identity_id)
    for webview_id in session.connect_webview_ids or (None,):
        yield ("connect_webview_id", session.workspace_id, webview_id)
    for account_id in session.connected_account_ids:
        yield ("connected_account_id", session.workspace_id, account_id)


SESSIONS = RecordType(
    name="client_sessions",
    record=ClientSession,
    key="client_session_id",
    index=_index,
    noun="client_session",
    survives_reset=False,
    section=None,
    shown_by="client_sessions.shape:show",
    listed_ids=("connect_webview_ids", "connected_account_ids"),
    emits_on_delete="client_sessions.shape:emit_deleted",
)

"""What the store keeps of a workspace and of the credentials that open it."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.record_types import RecordType
from ..record_fields import Metadata

__all__ = ["ACCESS_TOKENS", "API_KEYS", "WORKSPACES", "AccessToken", "ApiKey", "Workspace"]


@dataclass(frozen=True)
class Workspace:
    """``ordinal`` counts the workspaces of one fake; ids inside are hashed from it."""

    workspace_id: str
    created_at: str
    ordinal: int
    name: str
    connect_partner_name: str | None
    is_sandbox: bool
    is_suspended: bool
    is_publishable_key_auth_enabled: bool
    organization_id: str | None
    publishable_key: str
    connect_webview_customization: Metadata


@dataclass(frozen=True)
class ApiKey:
    """An API key: opens one workspace."""

    token: str
    created_at: str
    workspace_id: str


@dataclass(frozen=True)
class AccessToken:
    """A personal access token: opens every workspace of the fake."""

    token: str
    created_at: str


WORKSPACES = RecordType(
    name="workspaces",
    record=Workspace,
    key="workspace_id",
    index=lambda workspace: [("publishable_key", workspace.publishable_key)],
    noun="workspace",
    survives_reset=True,
    section="workspaces",
    shown_by="workspaces.endpoints:show",
)
API_KEYS = RecordType(
    name="api_keys",
    record=ApiKey,
    key="token",
    index=lambda key: [("workspace", key.workspace_id)],
    noun=None,
    survives_reset=True,
    section=None,
    shown_by=None,
)
ACCESS_TOKENS = RecordType(
    name="access_tokens",
    record=AccessToken,
    key="token",
    index=lambda token: (),
    noun=None,
    survives_reset=True,
    section=None,
    shown_by=None,
)

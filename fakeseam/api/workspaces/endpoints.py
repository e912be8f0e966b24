"""/workspaces: each holds all other records, apart from those of other workspaces.

Source: docs.seam.co api/workspaces and core-concepts/workspaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...core.frozen import freeze, thaw
from ...core.record_types import replace
from ...errors import ApiError
from ...schema.endpoint import Namespace
from ...schema.params import boolean, enum, json_object, text, uuid
from ..action_attempts import attempts
from ..action_attempts.shape import show as show_attempt
from ..auth import ACCESS_TOKEN, ACCESS_TOKEN_ALONE, BACKEND, EVERYONE, SESSION
from ..context import RequestContext
from ..deletion import reset_workspace
from ..tokens import new_api_key, new_token
from .record import API_KEYS, WORKSPACES, ApiKey, Workspace

__all__ = ["make", "namespace", "require_sandbox", "show"]

namespace = Namespace("/workspaces")

LOGO_SHAPES = ("circle", "square")


def _customization() -> Any:
    """Returns the parameter for the look of the workspace's webviews; null resets a setting."""
    return json_object(
        logo_shape=enum(*LOGO_SHAPES, nullable=True),
        primary_button_color=text(nullable=True),
        primary_button_text_color=text(nullable=True),
        success_message=text(nullable=True),
    )


@namespace.endpoint("GET POST", callers=EVERYONE, response_key="workspace")
def get(ctx: RequestContext) -> dict[str, Any]:
    """Returns the caller's workspace."""
    return show(ctx, ctx.workspace)


@namespace.endpoint(
    "GET POST", callers=BACKEND | {ACCESS_TOKEN_ALONE, SESSION}, response_key="workspaces"
)
def list_(ctx: RequestContext) -> list[dict[str, Any]]:
    """Returns the workspace of a key or session, or every workspace for an access token.

    Source: @seamapi/fake-seam-connect, for an access token sent with a workspace.
    """
    of_user = ctx.caller.kind in (ACCESS_TOKEN, ACCESS_TOKEN_ALONE)
    found = ctx.store.all(WORKSPACES) if of_user else [ctx.workspace]
    return [show(ctx, workspace) for workspace in found]


@namespace.endpoint("POST", callers=frozenset({ACCESS_TOKEN_ALONE}), response_key="workspace")
def create(
    ctx: RequestContext,
    *,
    name: str = text(required=True),
    connect_partner_name: str | None = text(nullable=True),
    company_name: str | None = text(),
    is_sandbox: bool = boolean(default=False),
    organization_id: str | None = uuid(),
    connect_webview_customization: Mapping[str, str | None] | None = _customization(),
    webview_logo_shape: str | None = enum(*LOGO_SHAPES),
    webview_primary_button_color: str | None = text(),
    webview_primary_button_text_color: str | None = text(),
    webview_success_message: str | None = text(),
) -> dict[str, Any]:
    """Creates a workspace. The response has no API key: Seam shows it only in the console.

    Unsourced: that a deprecated parameter is ignored if its successor is sent, and that a
    workspace created without an organization has none. Organizations are not implemented.
    """
    deprecated = {
        "logo_shape": webview_logo_shape,
        "primary_button_color": webview_primary_button_color,
        "primary_button_text_color": webview_primary_button_text_color,
        "success_message": webview_success_message,
    }
    partner = connect_partner_name if "connect_partner_name" in ctx.params else company_name
    workspace, _ = make(
        ctx,
        name=name,
        connect_partner_name=partner,
        is_sandbox=is_sandbox,
        organization_id=organization_id,
        customization={**deprecated, **(connect_webview_customization or {})},
    )
    return show(ctx, workspace)


@namespace.endpoint("PATCH POST", callers=BACKEND)
def update(
    ctx: RequestContext,
    *,
    name: str | None = text(),
    connect_partner_name: str | None = text(),
    connect_webview_customization: Mapping[str, str | None] | None = _customization(),
    is_publishable_key_auth_enabled: bool | None = boolean(),
    is_suspended: bool | None = boolean(),
    organization_id: str | None = uuid(),
) -> None:
    """Changes what was sent and keeps the rest, also inside the customization.

    Unsourced: that requests to a suspended workspace still succeed.
    """
    changes = dict(ctx.params)
    customization = changes.pop("connect_webview_customization", None)
    if customization is not None:
        current = ctx.workspace.connect_webview_customization
        changes["connect_webview_customization"] = _without_null({**current, **customization})
    ctx.store.put(WORKSPACES, replace(ctx.workspace, **changes))


@namespace.endpoint("POST", callers=BACKEND, response_key="action_attempt")
def reset_sandbox(ctx: RequestContext) -> dict[str, Any]:
    """Resets a sandbox workspace at once; its credentials stay valid.

    Unsourced: that the workspace's webhooks stay too; Seam's words are "its original state".
    """
    require_sandbox(ctx, message="can only reset sandbox on sandbox workspaces")
    reset_workspace(ctx)
    attempt = attempts.succeed(ctx, attempts.request(ctx, "RESET_SANDBOX_WORKSPACE"))
    return show_attempt(ctx, attempt)


def require_sandbox(ctx: RequestContext, *, message: str | None = None) -> None:
    """Raises Seam's 400 for a production workspace, which has nothing to simulate.

    Unsourced: the message of any endpoint but ``reset_sandbox``.
    """
    if not ctx.workspace.is_sandbox:
        message = message or "can only simulate on sandbox workspaces"
        raise ApiError(400, "workspace_not_sandbox", message)


def make(
    ctx: RequestContext,
    *,
    name: str,
    is_sandbox: bool,
    connect_partner_name: str | None = None,
    organization_id: str | None = None,
    customization: Mapping[str, str | bool | None] | None = None,
    workspace_id: str | None = None,
    api_key: str | None = None,
    publishable_key: str | None = None,
) -> tuple[Workspace, ApiKey]:
    """Creates a workspace with an API key. A given id or key must not be in use."""
    ordinal = ctx.store.next_count(("workspace",))
    workspace = Workspace(
        workspace_id=workspace_id or _free_id(ctx, ordinal),
        created_at=ctx.now(),
        ordinal=ordinal,
        name=name,
        connect_partner_name=connect_partner_name,
        is_sandbox=is_sandbox,
        is_suspended=False,
        is_publishable_key_auth_enabled=True,
        organization_id=organization_id,
        publishable_key=publishable_key or new_token(ctx, ordinal, "pk1"),
        connect_webview_customization=_without_null(customization or {}),
    )
    token = api_key or new_api_key(ctx, ordinal, is_sandbox=is_sandbox)
    key = ApiKey(token, workspace.created_at, workspace.workspace_id)
    return ctx.store.put(WORKSPACES, workspace), ctx.store.put(API_KEYS, key)


def show(ctx: RequestContext, workspace: Workspace) -> dict[str, Any]:
    """Returns the workspace as Seam shows it."""
    partner = workspace.connect_partner_name
    return {
        "workspace_id": workspace.workspace_id,
        "name": workspace.name,
        "company_name": workspace.name if partner is None else partner,
        "connect_partner_name": partner,
        "is_sandbox": workspace.is_sandbox,
        "is_suspended": workspace.is_suspended,
        "is_publishable_key_auth_enabled": workspace.is_publishable_key_auth_enabled,
        "organization_id": workspace.organization_id,
        "publishable_key": workspace.publishable_key,
        "connect_webview_customization": thaw(workspace.connect_webview_customization),
    }


def _free_id(ctx: RequestContext, ordinal: int) -> str:
    """Returns an id for a new workspace; skips an id that a test has chosen for another."""
    count = 0
    while True:
        workspace_id = ctx.ids.uuid(ordinal, "workspace", count)
        if ctx.store.get(WORKSPACES, workspace_id) is None:
            return workspace_id
        count += 1


def _without_null(customization: Mapping[str, str | bool | None]) -> Any:
    return freeze({key: value for key, value in customization.items() if value is not None})

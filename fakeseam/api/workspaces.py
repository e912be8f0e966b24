"""/workspaces: what everything else is inside of.

Source: docs.seam.co api/workspaces and core-concepts/workspaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..core.endpoint import Namespace
from ..core.frozen import freeze, thaw
from ..core.params import boolean, enum, shape, text, uuid
from ..errors import ApiError
from . import action_attempts, deliveries
from .auth import ACCESS_TOKEN, ACCESS_TOKEN_ALONE, BACKEND, EVERYONE, SESSION
from .call import Call
from .records import ApiKey, Workspace
from .tables import (
    ACCOUNTS,
    API_KEYS,
    CUSTOMERS,
    DEVICES,
    DUE_SYNCS,
    EVENTS,
    SESSIONS,
    SPACES,
    USER_IDENTITIES,
    WEBVIEWS,
    WORKSPACES,
)
from .tokens import new_api_key, new_token

__all__ = ["make", "namespace", "require_sandbox", "show"]

namespace = Namespace("/workspaces")

LOGO_SHAPES = ("circle", "square")

# What a reset takes away, in tables; the workspace, its keys, its webhooks, its action attempts
# and its clock readings stay. Unsourced: Seam says "its original state"; a caller has to go on
# with the same key, and whoever waits for the reset has to find its attempt.
_RESET = (
    DUE_SYNCS,
    DEVICES,
    ACCOUNTS,
    WEBVIEWS,
    SESSIONS,
    EVENTS,
    USER_IDENTITIES,
    SPACES,
    CUSTOMERS,
)


def _customization() -> Any:
    """How the workspace's webviews look; null takes a setting back."""
    return shape(
        logo_shape=enum(*LOGO_SHAPES, nullable=True),
        primary_button_color=text(nullable=True),
        primary_button_text_color=text(nullable=True),
        success_message=text(nullable=True),
    )


@namespace.endpoint("GET POST", callers=EVERYONE, answer="workspace")
def get(call: Call) -> dict[str, Any]:
    """The workspace of the key or token that asks."""
    return show(call, call.workspace)


@namespace.endpoint(
    "GET POST", callers=BACKEND | {ACCESS_TOKEN_ALONE, SESSION}, answer="workspaces"
)
def list_(call: Call) -> list[dict[str, Any]]:
    """The one workspace of a key or a session, or every workspace of an access token.

    Source: @seamapi/fake-seam-connect, for an access token sent with a workspace.
    """
    of_user = call.caller.kind in (ACCESS_TOKEN, ACCESS_TOKEN_ALONE)
    found = call.store.all(WORKSPACES) if of_user else [call.workspace]
    return [show(call, workspace) for workspace in found]


@namespace.endpoint("POST", callers=frozenset({ACCESS_TOKEN_ALONE}), answer="workspace")
def create(
    call: Call,
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
    """A new workspace; its API key is not told, as Seam shows it in the console alone.

    Unsourced: that a deprecated parameter gives way to the one that took its place, and that
    a workspace made without an organization has none; there are no organizations here.
    """
    outdated = {
        "logo_shape": webview_logo_shape,
        "primary_button_color": webview_primary_button_color,
        "primary_button_text_color": webview_primary_button_text_color,
        "success_message": webview_success_message,
    }
    partner = connect_partner_name if "connect_partner_name" in call.sent else company_name
    workspace, _ = make(
        call,
        name=name,
        connect_partner_name=partner,
        is_sandbox=is_sandbox,
        organization_id=organization_id,
        customization={**outdated, **(connect_webview_customization or {})},
    )
    return show(call, workspace)


@namespace.endpoint("PATCH POST", callers=BACKEND)
def update(
    call: Call,
    *,
    name: str | None = text(),
    connect_partner_name: str | None = text(),
    connect_webview_customization: Mapping[str, str | None] | None = _customization(),
    is_publishable_key_auth_enabled: bool | None = boolean(),
    is_suspended: bool | None = boolean(),
    organization_id: str | None = uuid(),
) -> None:
    """Change what was sent, leave the rest, also inside of the customization.

    Unsourced: that a suspended workspace goes on answering.
    """
    changes = dict(call.sent)
    given = changes.pop("connect_webview_customization", None)
    if given is not None:
        kept = call.workspace.connect_webview_customization
        changes["connect_webview_customization"] = _set({**kept, **given})
    call.store.put(WORKSPACES, replace(call.workspace, **changes))


@namespace.endpoint("POST", callers=BACKEND, answer="action_attempt")
def reset_sandbox(call: Call) -> dict[str, Any]:
    """A sandbox workspace as new, at once; its credentials go on working."""
    require_sandbox(call, message="can only reset sandbox on sandbox workspaces")
    deliveries.drop(call)
    for kind in _RESET:
        for entry in list(call.store.bucket(kind, ("workspace", call.workspace_id))):
            call.store.delete(kind, entry[2])
    attempt = action_attempts.succeed(call, "RESET_SANDBOX_WORKSPACE")
    return action_attempts.show(call, attempt)


def require_sandbox(call: Call, *, message: str | None = None) -> None:
    """Raises for a production workspace, which has nothing to simulate.

    Unsourced: the message of any endpoint but ``reset_sandbox``.
    """
    if not call.workspace.is_sandbox:
        words = message or "can only simulate on sandbox workspaces"
        raise ApiError(400, "workspace_not_sandbox", words)


def make(
    call: Call,
    *,
    name: str,
    is_sandbox: bool,
    connect_partner_name: str | None = None,
    organization_id: str | None = None,
    customization: Mapping[str, str | bool | None] | None = None,
    workspace_id: str | None = None,
    api_key: str | None = None,
) -> tuple[Workspace, ApiKey]:
    """A workspace with a key to it; an id or a key that is given has to be free."""
    ordinal = call.store.count(("workspace",))
    workspace = Workspace(
        workspace_id=workspace_id or _free_id(call, ordinal),
        created_at=call.now(),
        ordinal=ordinal,
        name=name,
        connect_partner_name=connect_partner_name,
        is_sandbox=is_sandbox,
        is_suspended=False,
        is_publishable_key_auth_enabled=True,
        organization_id=organization_id,
        publishable_key=new_token(call, ordinal, "pk1"),
        connect_webview_customization=_set(customization or {}),
    )
    token = api_key or new_api_key(call, ordinal, is_sandbox=is_sandbox)
    key = ApiKey(token, workspace.created_at, workspace.workspace_id)
    return call.store.put(WORKSPACES, workspace), call.store.put(API_KEYS, key)


def show(call: Call, workspace: Workspace) -> dict[str, Any]:
    """The workspace as Seam shows it."""
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


def _free_id(call: Call, ordinal: int) -> str:
    """A new workspace's id; one that a test has written down and used is passed over."""
    count = 0
    while True:
        workspace_id = call.world.ids.uuid(ordinal, "workspace", count)
        if call.store.get(WORKSPACES, workspace_id) is None:
            return workspace_id
        count += 1


def _set(customization: Mapping[str, str | bool | None]) -> Any:
    """The settings that are set."""
    return freeze({key: value for key, value in customization.items() if value is not None})

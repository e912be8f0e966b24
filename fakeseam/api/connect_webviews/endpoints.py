"""/connect_webviews: login pages, from their creation to their deletion.

Source: docs.seam.co api/connect_webviews and core-concepts/connect-webviews.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...core.record_types import replace
from ...core.shown import Shown
from ...core.state_machine import ABSENT
from ...errors import ApiError
from ...schema.endpoint import Namespace, Paged
from ...schema.params import array, boolean, enum, integer, text, uuid
from .. import deletion
from ..auth import BACKEND, EVERYONE
from ..client_sessions.record import SESSIONS
from ..context import RequestContext
from ..customers.keys import is_visible, key_for_new
from ..lifecycle import WEBVIEW
from ..listing import (
    by_customer,
    by_metadata,
    contains,
    list_page,
    of_user,
    page_cursor,
    search_text,
)
from ..metadata import custom_metadata as custom_metadata_param
from ..metadata import custom_metadata_has as custom_metadata_has_param
from ..metadata import filter_pairs, matches, normalize
from .login.providers import (
    ACCEPTED_PROVIDER_KEYS,
    CAPABILITIES,
    PROVIDER_CATEGORIES,
    resolve_capabilities,
    resolve_providers,
)
from .record import WEBVIEWS, ConnectWebview

__all__ = ["find", "make", "namespace", "show", "shown_status"]

namespace = Namespace("/connect_webviews")

AUTH_TOKEN_LENGTH = 32
DEFAULT_LIMIT = 500
SELECTION_MODES = ("none", "single", "multiple")

# The public status of every state. A deleted webview, "absent", is never shown.
_STATUS = {row.to: row.status for row in WEBVIEW.rows}


@namespace.endpoint("POST", callers=EVERYONE, response_key="connect_webview")
def create(
    ctx: RequestContext,
    *,
    accepted_providers: list[str] | None = array(enum(*ACCEPTED_PROVIDER_KEYS)),
    provider_category: str | None = enum(*PROVIDER_CATEGORIES),
    excluded_providers: list[str] | None = array(text()),
    accepted_capabilities: list[str] | None = array(enum(*CAPABILITIES)),
    custom_metadata: Mapping[str, Any] | None = custom_metadata_param(),
    custom_redirect_url: str | None = text(),
    custom_redirect_failure_url: str | None = text(),
    automatically_manage_new_devices: bool = boolean(default=True),
    wait_for_device_creation: bool = boolean(default=False),
    customer_key: str | None = text(minimum=1),
    device_selection_mode: str | None = enum(*SELECTION_MODES),
) -> Shown:
    """Creates a login page for one login by one user."""
    providers = resolve_providers(
        accepted=accepted_providers, category=provider_category, excluded=excluded_providers or ()
    )
    webview = ConnectWebview(
        connect_webview_id=ctx.new_key(WEBVIEWS),
        workspace_id=ctx.workspace_id,
        created_at=ctx.now(),
        auth_token=ctx.new_text("auth_token", AUTH_TOKEN_LENGTH),
        state=WEBVIEW.step(ABSENT, "create").to,
        custom_metadata=normalize(custom_metadata or {}),
        accepted_providers=providers,
        accepted_capabilities=resolve_capabilities(
            given=accepted_capabilities,
            providers=providers,
            explicit_providers=accepted_providers is not None,
            category=provider_category,
        ),
        capabilities_given=accepted_capabilities is not None,
        automatically_manage_new_devices=automatically_manage_new_devices,
        wait_for_device_creation=wait_for_device_creation,
        device_selection_mode=device_selection_mode or SELECTION_MODES[0],
        custom_redirect_url=custom_redirect_url,
        custom_redirect_failure_url=custom_redirect_failure_url,
        customer_key=key_for_new(ctx, customer_key),
        authorized_at=None,
        connected_account_id=None,
        selected_provider=None,
        syncing_account_id=None,
        # A later change of the workspace applies only to new webviews: docs.seam.co.
        inviter=ctx.workspace.connect_partner_name or ctx.workspace.name,
        customization=ctx.workspace.connect_webview_customization,
    )
    _join_session(ctx, webview)
    return shown(ctx, ctx.store.put(WEBVIEWS, webview))


@namespace.endpoint("GET POST", callers=EVERYONE, response_key="connect_webview")
def get(ctx: RequestContext, *, connect_webview_id: str = uuid(required=True)) -> Shown:
    """Returns one webview of the workspace."""
    return shown(ctx, find(ctx, connect_webview_id))


@namespace.endpoint("GET POST", callers=EVERYONE, response_key="connect_webviews")
def list_(
    ctx: RequestContext,
    *,
    custom_metadata_has: Mapping[str, Any] | None = custom_metadata_has_param(),
    customer_key: str | None = text(minimum=1),
    user_identifier_key: str | None = text(minimum=1),
    search: str | None = search_text(),
    limit: int = integer(default=DEFAULT_LIMIT),
    page_cursor: str | None = page_cursor(),
) -> Paged:
    """Returns the webviews that meet every filter, oldest first."""
    has = filter_pairs(custom_metadata_has)
    workspace_id = ctx.workspace_id
    return list_page(
        ctx,
        WEBVIEWS,
        shown,
        within=[
            ("workspace", workspace_id),
            *by_metadata(workspace_id, has),
            *by_customer(workspace_id, customer_key),
        ],
        limits=_limits(ctx, user_identifier_key),
        where=lambda webview: (
            visible(ctx, webview)
            and matches(webview.custom_metadata, has)
            and (search is None or _contains(webview, search))
        ),
        limit=limit,
        page_cursor=page_cursor,
    )


@namespace.endpoint("DELETE POST", callers=BACKEND)
def delete(ctx: RequestContext, *, connect_webview_id: str = uuid(required=True)) -> None:
    """Deletes the webview. The account that was connected through it stays.

    Unsourced: that the account stays, and that client sessions no longer list the webview.
    """
    webview = find(ctx, connect_webview_id)
    WEBVIEW.step(webview.state, "delete")
    deletion.delete(ctx, WEBVIEWS, webview)


def make(ctx: RequestContext, **params: Any) -> ConnectWebview:
    """Creates a webview for a control endpoint, as a request with these parameters would.

    A parameter of None counts as not sent.
    """
    endpoint = namespace.endpoints[f"{namespace.path}/create"]
    sent = {name: value for name, value in params.items() if value is not None}
    created = create(ctx, **endpoint.parse(sent))
    return find(ctx, created.value["connect_webview_id"])


def find(ctx: RequestContext, connect_webview_id: str) -> ConnectWebview:
    """Returns the webview.

    Raises Seam's 404 if it does not exist, belongs to another workspace, or is not visible to
    the caller.
    """
    webview = ctx.get(WEBVIEWS, connect_webview_id)
    if webview is None or not visible(ctx, webview):
        raise ApiError(404, "connect_webview_not_found", "Connect webview not found")
    return webview


def check(ctx: RequestContext, webview: ConnectWebview) -> None:
    """Raises ``ValueError`` unless exactly the syncing webviews of a dump wait for an account."""
    if (webview.syncing_account_id is not None) != (webview.state == "syncing"):
        raise ValueError(f"webview {webview.connect_webview_id} is {webview.state}")


def shown_status(webview: ConnectWebview) -> str:
    """Returns the webview's public status: ``pending``, ``failed`` or ``authorized``."""
    return _STATUS[webview.state]


def show(ctx: RequestContext, webview: ConnectWebview) -> dict[str, Any]:
    """Returns the webview as Seam shows it, without ``customer_key`` if it has none."""
    return _show(webview, ctx.base_url)


def shown(ctx: RequestContext, webview: ConnectWebview) -> Shown:
    """Returns the same, made once for each version of the webview and each base URL."""
    return ctx.store.shown.get(_show, webview, ctx.base_url)


def _show(webview: ConnectWebview, base_url: str) -> dict[str, Any]:
    result = {
        "connect_webview_id": webview.connect_webview_id,
        "workspace_id": webview.workspace_id,
        "created_at": webview.created_at,
        "url": _url(webview, base_url),
        "status": shown_status(webview),
        "login_successful": shown_status(webview) == "authorized",
        "authorized_at": webview.authorized_at,
        "connected_account_id": webview.connected_account_id,
        "selected_provider": webview.selected_provider,
        "accepted_providers": list(webview.accepted_providers),
        "accepted_capabilities": list(webview.accepted_capabilities),
        # Unsourced: the values of three members that Seam calls unused. Its samples differ.
        "accepted_devices": [],
        "any_device_allowed": False,
        "any_provider_allowed": False,
        "custom_redirect_url": webview.custom_redirect_url,
        "custom_redirect_failure_url": webview.custom_redirect_failure_url,
        "custom_metadata": dict(webview.custom_metadata),
        "automatically_manage_new_devices": webview.automatically_manage_new_devices,
        "wait_for_device_creation": webview.wait_for_device_creation,
        "device_selection_mode": webview.device_selection_mode,
    }
    if webview.customer_key is not None:
        result["customer_key"] = webview.customer_key
    return result


def visible(ctx: RequestContext, webview: ConnectWebview) -> bool:
    """Returns whether the caller may see the webview. A client session sees its own webviews."""
    session = ctx.session
    listed = session is not None and webview.connect_webview_id in session.connect_webview_ids
    return is_visible(ctx, webview.customer_key, listed=listed)


def _url(webview: ConnectWebview, base_url: str) -> str:
    query = f"connect_webview_id={webview.connect_webview_id}&auth_token={webview.auth_token}"
    return f"{base_url}{namespace.path}/view?{query}"


def _join_session(ctx: RequestContext, webview: ConnectWebview) -> None:
    """Adds a webview that a client session creates to that session's webviews."""
    if ctx.session is not None:
        ids = (*ctx.session.connect_webview_ids, webview.connect_webview_id)
        ctx.store.put(SESSIONS, replace(ctx.session, connect_webview_ids=ids))


def _limits(ctx: RequestContext, user_identifier_key: str | None) -> list[set[str]]:
    """Returns the ids in the user's sessions, and those in the caller's session."""
    limits = []
    if user_identifier_key is not None:
        limits.append(of_user(ctx, user_identifier_key, "connect_webview_ids"))
    if ctx.session is not None and ctx.session.customer_key is None:
        limits.append(set(ctx.session.connect_webview_ids))
    return limits


def _contains(webview: ConnectWebview, search: str) -> bool:
    texts = (webview.connect_webview_id, *webview.accepted_providers, webview.customer_key)
    return contains(search, texts, webview.custom_metadata)

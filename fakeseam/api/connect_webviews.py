"""/connect_webviews: a login page, from ``pending`` to its end.

Source: docs.seam.co api/connect_webviews and core-concepts/connect-webviews.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..core.endpoint import Namespace, Paged
from ..core.machine import ABSENT
from ..core.params import array, boolean, enum, integer, text, uuid
from ..errors import ApiError
from .auth import BACKEND, EVERYONE
from .call import Call
from .customer_keys import of_new, sees
from .lifecycle import WEBVIEW
from .listing import (
    by_customer,
    by_metadata,
    contains,
    list_page,
    of_user,
    page_cursor,
    search_text,
)
from .metadata import custom_metadata as custom_metadata_param
from .metadata import custom_metadata_has as custom_metadata_has_param
from .metadata import matches, normalise, wanted
from .providers import (
    ACCEPTED_PROVIDER_KEYS,
    CAPABILITIES,
    PROVIDER_CATEGORIES,
    resolve_capabilities,
    resolve_providers,
)
from .records import ConnectWebview
from .tables import SESSIONS, WEBVIEWS

__all__ = ["find", "make", "namespace", "show", "shown_status"]

namespace = Namespace("/connect_webviews")

AUTH_TOKEN_LENGTH = 32
DEFAULT_LIMIT = 500
SELECTION_MODES = ("none", "single", "multiple")

# The public status of every state; "absent" is never shown.
_STATUS = {row.to: row.shown for row in WEBVIEW.rows}


@namespace.endpoint("POST", callers=EVERYONE, answer="connect_webview")
def create(
    call: Call,
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
) -> dict[str, Any]:
    """A page for one login by one user; everything about it is optional."""
    providers = resolve_providers(
        accepted=accepted_providers, category=provider_category, excluded=excluded_providers or ()
    )
    webview = ConnectWebview(
        connect_webview_id=call.new_id("connect_webview"),
        workspace_id=call.workspace_id,
        created_at=call.now(),
        auth_token=call.new_text("auth_token", AUTH_TOKEN_LENGTH),
        state=WEBVIEW.step(ABSENT, "create").to,
        custom_metadata=normalise(custom_metadata or {}),
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
        customer_key=of_new(call, customer_key),
        authorized_at=None,
        connected_account_id=None,
        selected_provider=None,
        syncing_account_id=None,
        # A later change of these applies to new webviews: docs.seam.co.
        inviter=call.workspace.connect_partner_name or call.workspace.name,
        customization=call.workspace.connect_webview_customization,
    )
    _join_session(call, webview)
    return show(call, call.store.put(WEBVIEWS, webview))


@namespace.endpoint("GET POST", callers=EVERYONE, answer="connect_webview")
def get(call: Call, *, connect_webview_id: str = uuid(required=True)) -> dict[str, Any]:
    """One webview of the workspace."""
    return show(call, find(call, connect_webview_id))


@namespace.endpoint("GET POST", callers=EVERYONE, answer="connect_webviews")
def list_(
    call: Call,
    *,
    custom_metadata_has: Mapping[str, Any] | None = custom_metadata_has_param(),
    customer_key: str | None = text(minimum=1),
    user_identifier_key: str | None = text(minimum=1),
    search: str | None = search_text(),
    limit: int = integer(default=DEFAULT_LIMIT),
    page_cursor: str | None = page_cursor(),
) -> Paged:
    """The webviews that meet every filter, oldest first."""
    has = wanted(custom_metadata_has)
    workspace_id = call.workspace_id
    return list_page(
        call,
        WEBVIEWS,
        show,
        within=[
            ("workspace", workspace_id),
            *by_metadata(workspace_id, has),
            *by_customer(workspace_id, customer_key),
        ],
        only=_only(call, user_identifier_key),
        where=lambda webview: visible(call, webview)
        and matches(webview.custom_metadata, has)
        and (search is None or _contains(webview, search)),
        limit=limit,
        page_cursor=page_cursor,
    )


@namespace.endpoint("DELETE POST", callers=BACKEND)
def delete(call: Call, *, connect_webview_id: str = uuid(required=True)) -> None:
    """The page is gone; the account that was connected through it stays.

    Unsourced: that the account stays, and that client sessions forget the webview.
    """
    webview = find(call, connect_webview_id)
    WEBVIEW.step(webview.state, "delete")
    call.store.delete(WEBVIEWS, connect_webview_id)
    for session in call.store.find(SESSIONS, ("webview", call.workspace_id, connect_webview_id)):
        left = tuple(one for one in session.connect_webview_ids if one != connect_webview_id)
        call.store.put(SESSIONS, replace(session, connect_webview_ids=left))


def make(call: Call, **given: Any) -> ConnectWebview:
    """A webview made as by a request with these parameters: how a lever makes one."""
    endpoint = namespace.endpoints[f"{namespace.path}/create"]
    sent = {name: value for name, value in given.items() if value is not None}
    made = create(call, **endpoint.read(sent))
    return find(call, made["connect_webview_id"])


def find(call: Call, connect_webview_id: str) -> ConnectWebview:
    """The webview, or Seam's 404: also for another workspace's, and out of a session's sight."""
    webview = call.store.get(WEBVIEWS, connect_webview_id)
    if webview is None or webview.workspace_id != call.workspace_id or not visible(call, webview):
        raise ApiError(404, "connect_webview_not_found", "Connect webview not found")
    return webview


def shown_status(webview: ConnectWebview) -> str:
    """``pending``, ``failed`` or ``authorized``."""
    return _STATUS[webview.state]


def show(call: Call, webview: ConnectWebview) -> dict[str, Any]:
    """The webview as Seam shows it; ``customer_key`` is left out where there is none."""
    shown = {
        "connect_webview_id": webview.connect_webview_id,
        "workspace_id": webview.workspace_id,
        "created_at": webview.created_at,
        "url": _url(call, webview),
        "status": shown_status(webview),
        "login_successful": shown_status(webview) == "authorized",
        "authorized_at": webview.authorized_at,
        "connected_account_id": webview.connected_account_id,
        "selected_provider": webview.selected_provider,
        "accepted_providers": list(webview.accepted_providers),
        "accepted_capabilities": list(webview.accepted_capabilities),
        # Unsourced: three members that Seam calls unused; its samples disagree on them.
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
        shown["customer_key"] = webview.customer_key
    return shown


def visible(call: Call, webview: ConnectWebview) -> bool:
    """Whether the caller may see it: a client session sees its own webviews."""
    session = call.session
    listed = session is not None and webview.connect_webview_id in session.connect_webview_ids
    return sees(call, webview.customer_key, listed=listed)


def _url(call: Call, webview: ConnectWebview) -> str:
    query = f"connect_webview_id={webview.connect_webview_id}&auth_token={webview.auth_token}"
    return f"{call.base_url}{namespace.path}/view?{query}"


def _join_session(call: Call, webview: ConnectWebview) -> None:
    """A webview made by a client session is one of that session's webviews."""
    if call.session is not None:
        ids = (*call.session.connect_webview_ids, webview.connect_webview_id)
        call.store.put(SESSIONS, replace(call.session, connect_webview_ids=ids))


def _only(call: Call, user_identifier_key: str | None) -> set[str] | None:
    """The ids that the user's sessions, and the asking one, leave; None for no such limit."""
    chosen = []
    if user_identifier_key is not None:
        chosen.append(of_user(call, user_identifier_key, "connect_webview_ids"))
    if call.session is not None and call.session.customer_key is None:
        chosen.append(set(call.session.connect_webview_ids))
    return set.intersection(*chosen) if chosen else None


def _contains(webview: ConnectWebview, search: str) -> bool:
    texts = (webview.connect_webview_id, *webview.accepted_providers, webview.customer_key)
    return contains(search, texts, webview.custom_metadata)

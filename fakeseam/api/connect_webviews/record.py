"""What the store keeps of a Connect Webview."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from ...core.record_types import RecordType
from ..lifecycle import WEBVIEW
from ..record_fields import Metadata, index_metadata, index_values

__all__ = ["WEBVIEWS", "ConnectWebview"]


@dataclass(frozen=True)
class ConnectWebview:
    """A webview. ``state`` is a state of the webview's transition table.

    ``capabilities_given`` is True if the request listed the capabilities, False if fakeseam
    derived them. ``syncing_account_id`` is the account whose first sync the webview waits for.
    ``inviter`` and ``customization`` are the workspace's at the time of creation.
    """

    connect_webview_id: str
    workspace_id: str
    created_at: str
    auth_token: str
    state: str
    custom_metadata: Metadata
    accepted_providers: tuple[str, ...]
    accepted_capabilities: tuple[str, ...]
    capabilities_given: bool
    automatically_manage_new_devices: bool
    wait_for_device_creation: bool
    device_selection_mode: str
    custom_redirect_url: str | None
    custom_redirect_failure_url: str | None
    customer_key: str | None
    authorized_at: str | None
    connected_account_id: str | None
    selected_provider: str | None
    syncing_account_id: str | None
    inviter: str
    customization: Metadata


def _index(webview: ConnectWebview) -> Iterator[Hashable]:
    yield ("workspace", webview.workspace_id)
    yield from index_values(
        webview.workspace_id,
        {"customer": webview.customer_key, "syncing": webview.syncing_account_id},
    )
    yield from index_metadata(webview.workspace_id, webview.custom_metadata)


WEBVIEWS = RecordType(
    name="connect_webviews",
    record=ConnectWebview,
    key="connect_webview_id",
    index=_index,
    noun="connect_webview",
    survives_reset=False,
    section="webviews",
    shown_by="connect_webviews.endpoints:show",
    states=WEBVIEW.states,
    checked_by="connect_webviews.endpoints:check",
)

# pyright: standard
"""Every public name as a user types it, with its type: type-checked, never run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, assert_type

import httpx
from seam.seam import AsyncSeam, Seam
from seam.seam_webhook import SeamWebhook

from fakeseam import (
    ApiError,
    BrokenResponse,
    FakeSeam,
    InjectedFault,
    LoggedRequest,
    LoginFailed,
    MisuseError,
    Snapshot,
    WebhookDelivery,
)
from fakeseam.control.handles import Workspace
from fakeseam.http.server import Server
from fakeseam.http.shared_server import SharedServer
from fakeseam.http.wsgi import WsgiApp
from fakeseam.types import Body, ConnectedAccount, ConnectWebview, Event


def creating() -> None:
    FakeSeam(7, "2026-01-01T12:00:00Z", True, "https://seam.test", "seam_test1_mine", "an id")
    FakeSeam(
        seed=0,
        now=datetime(2026, 1, 1),
        strict=False,
        base_url=None,
        api_key=None,
        workspace_id=None,
        request_log_size=10,
        blank_metadata_on_reconnect="keep",
        metadata_update="merge",
        defer_sync=True,
        lenient_ids=True,
    )
    with FakeSeam() as fake:
        assert_type(fake, FakeSeam)
    assert_type(fake.seed, int)
    assert_type(fake.strict, bool)
    assert_type(fake.api_key, str)
    assert_type(fake.workspace_id, str)
    assert_type(fake.base_url, str | None)
    assert_type(fake.address, str)


def connecting(fake: FakeSeam) -> None:
    assert_type(fake.client(), Seam)
    assert_type(fake.client(token="seam_at", workspace=fake.workspace_id), Seam)
    assert_type(fake.async_client(), AsyncSeam)
    assert_type(fake.async_client(token="seam_at", workspace=None), AsyncSeam)
    assert_type(fake.transport(), httpx.BaseTransport)
    assert_type(fake.async_transport(), httpx.AsyncBaseTransport)
    httpx.Client(transport=fake.transport(), base_url=fake.address)
    httpx.AsyncClient(transport=fake.async_transport(), base_url=fake.address)
    assert_type(fake.wsgi_app, WsgiApp)
    httpx.WSGITransport(app=fake.wsgi_app)
    with fake.serve() as server:
        assert_type(server, Server)
        assert_type(server.url, str)
        assert_type(server.port, int)
        assert_type(server.host, str)
    with fake.serve(host="::1", port=8080):
        pass
    with fake.environment() as url:
        assert_type(url, str)


def calling(fake: FakeSeam) -> None:
    body = fake.call("/connect_webviews/create", {"custom_metadata": {"user": "u1"}})
    assert_type(body, Body)
    assert_type(body["ok"], bool)
    assert_type(body["connect_webview"], ConnectWebview)
    assert_type(body["connect_webview"]["url"], str)
    assert_type(body["connect_webview"]["custom_metadata"], dict[str, str | bool])
    assert_type(body["connected_accounts"], list[ConnectedAccount])
    assert_type(body["pagination"]["next_page_cursor"], str | None)
    fake.call("/devices/list", None, method="GET", token="seam_at", workspace_id="an id")


def signing_in(fake: FakeSeam, created: Mapping[str, object]) -> None:
    seam = fake.client()
    webview = seam.connect_webviews.create(provider_category="stable")
    account = fake.complete_connect_webview(webview, provider="august", email="a@example.com")
    assert_type(account, ConnectedAccount)
    assert_type(account["connected_account_id"], str)
    assert_type(account["custom_metadata"], dict[str, str | bool])
    fake.complete_connect_webview(webview.connect_webview_id)
    fake.complete_connect_webview(fake.call("/connect_webviews/create")["connect_webview"])
    fake.complete_connect_webview(
        created, username="jane", phone="+1555", api_url="https://lock", site="home", password="p"
    )
    fake.complete_connect_webview(created, code="123456")
    assert_type(fake.fail_connect_webview(webview), str | None)
    assert_type(fake.webview_redirect_url(webview), str | None)
    fake.fail_connect_webview(created, error_code="invalid_credentials", provider="august")


def accounts(fake: FakeSeam) -> None:
    account = fake.connect_account(
        provider="august",
        email="jane@example.com",
        custom_metadata={"user": "u1", "vip": True, "gone": None},
        connected_account_id="an id",
        customer_key="a customer",
        automatically_manage_new_devices=False,
        workspace_id=fake.workspace_id,
    )
    assert_type(account, ConnectedAccount)
    fake.connect_account(username="jane", phone="+1555", api_url="https://lock", site="home")
    assert_type(fake.disconnect_account(account), None)
    assert_type(fake.request_reauthorization(account["connected_account_id"]), None)
    assert_type(fake.sync_account(account), None)
    assert_type(fake.reconnect_account(account), ConnectedAccount)
    fake.reconnect_account("an id", custom_metadata={"user": "u2", "gone": None})


def devices(fake: FakeSeam) -> None:
    door = {"name": "Cellar", "device_type": "august_lock", "properties": {"locked": False}}
    account = fake.connect_account(devices=[door, {"name": "Attic", "can_remotely_lock": True}])
    fake.complete_connect_webview("an id", devices=(door,))
    assert_type(fake.set_provider_devices("august", [door]), None)
    fake.set_provider_devices("august")
    device = fake.client().devices.get(name="Cellar")
    assert_type(fake.add_account_error(account, "bridge_disconnected"), None)
    fake.add_account_warning(
        account, "salto_ks_subscription_limit_almost_reached", salto_ks_metadata={"sites": []}
    )
    fake.clear_account_error(account, "bridge_disconnected")
    fake.clear_account_warning(account, "setup_required")
    fake.add_device_error(device, "hub_disconnected", "No hub")
    fake.add_device_warning("an id", "privacy_mode")
    fake.clear_device_error(device, "hub_disconnected")
    fake.clear_device_warning(device, "privacy_mode")


async def receive(delivery: WebhookDelivery) -> int:
    return len(delivery.body)


def webhooks(fake: FakeSeam, client: httpx.Client) -> None:
    fake.webhooks.deliver_to(lambda one: client.post("/", content=one.body, headers=one.headers))
    with fake.webhooks.deliver_to(receive, url="https://app.test/hook") as sender:
        assert_type(sender.remove(), None)
    assert_type(fake.webhooks.allow("app.test"), None)
    assert_type(fake.webhooks.settle(), None)
    for delivery in fake.webhooks:
        assert_type(delivery, WebhookDelivery)
        assert_type(delivery.url, str)
        assert_type(delivery.headers, dict[str, str])
        assert_type(delivery.body, str)
        assert_type(delivery.event["event_type"], Any)
        assert_type(delivery.state, str)
        assert_type(delivery.message_id, str)
        for attempt in delivery.attempts:
            assert_type(attempt.at, str)
            assert_type(attempt.status, int | None)
            assert_type(attempt.response_body, str | None)
            assert_type(attempt.error, str | None)
    assert_type(len(fake.webhooks), int)
    assert_type(fake.webhooks[-1], WebhookDelivery)
    assert_type(fake.webhooks[1:], list[WebhookDelivery])
    assert_type(fake.webhooks.filter("device.added", url="https://a"), list[WebhookDelivery])
    assert_type(fake.webhooks.assert_sent("device.added", device_id="an id"), WebhookDelivery)
    fake.webhooks.assert_sent("device.added", url="https://a", times=2)
    assert_type(fake.webhooks.assert_not_sent("device.added"), None)
    assert_type(fake.webhooks.wait_for("device.added", device_id="an id"), WebhookDelivery)
    fake.webhooks.wait_for("device.added", url="https://a", times=2, timeout=0.5)
    sent = fake.webhooks[0]
    SeamWebhook("whsec_").verify(sent.body, sent.headers)


def credentials(fake: FakeSeam) -> None:
    workspace = fake.create_workspace(name="Second", is_sandbox=False, api_key="seam_mine")
    assert_type(workspace, Workspace)
    assert_type(workspace.workspace_id, str)
    assert_type(workspace.api_key, str)
    assert_type(workspace.client(), Seam)
    assert_type(workspace.async_client(), AsyncSeam)
    assert_type(fake.create_workspace(), Workspace)
    assert_type(fake.create_client_session(), str)
    token = fake.create_client_session(
        "a user",
        connect_webview_ids=["an id"],
        connected_account_ids=("an id",),
        customer_key="a customer",
        user_identity_id="an id",
        expires_at=datetime(2026, 1, 1),
        workspace_id=workspace.workspace_id,
    )
    assert_type(token, str)
    assert_type(fake.create_personal_access_token(), str)


def clock(fake: FakeSeam) -> None:
    assert_type(fake.clock.now, datetime)
    assert_type(fake.clock.advance(timedelta(days=1)), None)
    assert_type(fake.clock.advance(0.5), None)


def events(fake: FakeSeam) -> None:
    for event in fake.events:
        assert_type(event, Event)
        assert_type(event["event_type"], str)
    assert_type(len(fake.events), int)
    assert_type(fake.events[-1], Event)
    assert_type(fake.events[-2:], list[Event])
    assert_type(list(reversed(fake.events)), list[Event])
    assert_type(fake.events.filter(), list[Event])
    assert_type(fake.events.filter("device.connected", device_id="an id"), list[Event])
    assert_type(fake.events.assert_emitted("device.connected", device_id="an id"), Event)
    fake.events.assert_emitted("device.connected", times=2, device_id="an id")
    assert_type(fake.events.assert_not_emitted("device.connected"), None)
    assert_type(fake.events.wait_for("device.connected", times=2, timeout=1), Event)


def requests(fake: FakeSeam) -> None:
    for request in fake.requests:
        assert_type(request, LoggedRequest)
        assert_type(request.method, str)
        assert_type(request.path, str)
        assert_type(request.status, int | None)
        assert_type(request.request_id, str)
    assert_type(len(fake.requests), int)
    assert_type(fake.requests.filter("POST /devices/list"), list[LoggedRequest])
    assert_type(fake.requests.filter(limit=2), list[LoggedRequest])
    assert_type(fake.requests[-1], LoggedRequest)
    assert_type(fake.requests[:2], list[LoggedRequest])
    assert_type(fake.requests[0].params, dict[str, Any])
    assert_type(fake.requests.assert_called("/devices/list", times=2), LoggedRequest)
    fake.requests.assert_called("POST /devices/list", limit=2, custom_metadata_has={"a": "b"})
    assert_type(fake.requests.assert_not_called("/devices/list", limit=2), None)
    assert_type(fake.requests.wait_for("/devices/list"), LoggedRequest)
    fake.requests.wait_for("POST /devices/list", times=2, timeout=0.5, limit=2)


def faults(fake: FakeSeam) -> None:
    fault = fake.faults.add("POST /devices/list", status=503)
    assert_type(fault, InjectedFault)
    assert_type(fault.fault_id, int)
    assert_type(fault.hits, int)
    assert_type(fault.remove(), None)
    fake.faults.add("/devices/list", status=429, times=2, retry_after=60)
    fake.faults.add("/devices/*", latency=0.5, after=3, probability=0.5)
    fake.faults.add(resource=fake.connect_account(), kind="reset", when="after")
    with fake.faults.add("*", kind="timeout") as fault:
        assert_type(fault, InjectedFault)
    for fault in fake.faults:
        assert_type(fault, InjectedFault)
    assert_type(fake.faults.clear(), None)
    try:
        fake.call("/devices/list")
    except BrokenResponse as broken:
        assert_type(broken.kind, str)
        assert_type(broken.body, Mapping[str, object] | None)
        assert_type(broken.error, ApiError | None)


def office(fake: FakeSeam) -> None:
    fake.connect_account()


def state(fake: FakeSeam) -> None:
    snapshot = fake.snapshot()
    assert_type(snapshot, Snapshot)
    assert_type(fake.restore(snapshot), None)
    assert_type(fake.dump("state.json"), None)
    assert_type(fake.load(Path("state.json")), None)
    fake.load("hotel.json")
    fake.load(office)
    fake.load(lambda fake: fake.connect_account())
    fake.load(["hotel.json", office, Path("state.json")])
    fake.load({"fakeseam_seed": 1, "steps": [{"connect_account": {}}]})
    assert_type(fake.reset(), None)
    fake.reset(
        seed=7,
        now=datetime(2026, 1, 1),
        strict=True,
        blank_metadata_on_reconnect="keep",
        metadata_update="merge",
        defer_sync=True,
        lenient_ids=True,
    )
    assert_type(fake.assert_nothing_unexpected(), None)
    assert_type(fake.close(), None)


def exceptions(fake: FakeSeam) -> None:
    try:
        fake.complete_connect_webview("an id")
    except ApiError as error:
        assert_type(error.status, int)
        assert_type(error.type, str)
        assert_type(error.message, str)
        assert_type(error.data, dict[str, object] | None)
        assert_type(error.validation_errors, dict[str, object] | None)
        assert_type(error.headers, dict[str, str])
        assert_type(error.request_id, str | None)
        assert_type(error.body, dict[str, object])
    except LoginFailed as failed:
        assert_type(failed.error_code, str)
        assert_type(failed.message, str)
        assert_type(failed.redirect_url, str | None)
    except MisuseError as misuse:
        assert_type(str(misuse), str)


def test_with_every_fixture(
    fakeseam: FakeSeam,
    fakeseam_client: Seam,
    fakeseam_async_client: AsyncSeam,
    fakeseam_server: SharedServer,
    fakeseam_env: FakeSeam,
) -> None:
    assert_type(fakeseam_server.url, str)
    assert_type(fakeseam_server.port, int)

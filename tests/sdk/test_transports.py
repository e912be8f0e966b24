"""The transports in process: used by the official SDK, and by an httpx client of the user."""

from __future__ import annotations

import asyncio
import socket

import httpx
import pytest
from seam import (
    NULL,
    AsyncSeam,
    AsyncSeamWithoutWorkspace,
    Seam,
    SeamHttpApiError,
    SeamWithoutWorkspace,
)

from fakeseam import FakeSeam, MisuseError


@pytest.fixture
def no_sockets(monkeypatch):
    """Makes every connection an error."""

    def connect(self, address):
        raise AssertionError(f"a socket was opened to {address}")

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def headers(fake):
    return {"Authorization": f"Bearer {fake.api_key}"}


def test_an_httpx_client_reaches_the_fake(fake, headers):
    with httpx.Client(transport=fake.transport(), base_url="http://any.test") as client:
        response = client.post(
            "/connect_webviews/create", headers=headers, json={"custom_metadata": {"a": "1"}}
        )

    assert response.status_code == 200
    assert response.headers["seam-request-id"] == "request1"
    assert response.json()["connect_webview"]["custom_metadata"] == {"a": "1"}


def test_an_asynchronous_httpx_client_reaches_the_fake(fake, headers):
    async def create():
        transport = fake.async_transport()
        async with httpx.AsyncClient(transport=transport, base_url="http://any.test") as client:
            return await client.post("/connect_webviews/create", headers=headers, json={})

    assert asyncio.run(create()).status_code == 200


def test_a_body_may_be_streamed(fake, headers):
    with httpx.Client(transport=fake.transport(), base_url="http://any.test") as client:
        response = client.post(
            "/connect_webviews/create",
            headers={**headers, "Content-Type": "application/json"},
            content=iter([b'{"custom_metadata":', b'{"a":"1"}}']),
        )

    assert response.json()["connect_webview"]["custom_metadata"] == {"a": "1"}


def test_a_body_may_be_streamed_asynchronously(fake, headers):
    async def chunks():
        yield b'{"custom_metadata":'
        yield b'{"a":"1"}}'

    async def create():
        transport = fake.async_transport()
        async with httpx.AsyncClient(transport=transport, base_url="http://any.test") as client:
            return await client.post(
                "/connect_webviews/create",
                headers={**headers, "Content-Type": "application/json"},
                content=chunks(),
            )

    response = asyncio.run(create())
    assert response.json()["connect_webview"]["custom_metadata"] == {"a": "1"}


def test_head_has_no_body(fake, headers):
    with httpx.Client(transport=fake.transport(), base_url="http://any.test") as client:
        response = client.head("/connect_webviews/list", headers=headers)

    assert (response.status_code, response.content) == (200, b"")


def test_a_response_may_be_streamed(fake):
    with httpx.Client(transport=fake.transport(), base_url="http://any.test") as client:
        with client.stream("GET", "/health") as response:
            body = b"".join(response.iter_raw())

    assert body.startswith(b'{"')
    assert response.headers["Content-Length"] == str(len(body))


def test_a_response_may_be_streamed_asynchronously(fake):
    async def read():
        transport = fake.async_transport()
        async with httpx.AsyncClient(transport=transport, base_url="http://any.test") as client:
            async with client.stream("GET", "/health") as response:
                return [chunk async for chunk in response.aiter_raw()]

    assert b"".join(asyncio.run(read())).startswith(b'{"')


def test_the_sdk_accepts_the_transport_by_its_own_option(fake):
    options = {"transport": fake.transport()}

    with Seam(fake.api_key, httpx_options=options) as seam:
        webview = seam.connect_webviews.create(custom_metadata={"a": "1"})

    listed = fake.call("/connect_webviews/list")["connect_webviews"]
    assert [one["connect_webview_id"] for one in listed] == [webview.connect_webview_id]


def test_the_asynchronous_sdk_accepts_the_transport_by_its_own_option(fake):
    async def create():
        options = {"transport": fake.async_transport()}
        async with AsyncSeam(fake.api_key, httpx_options=options) as seam:
            return await seam.connect_webviews.create()

    assert asyncio.run(create()).status == "pending"


def test_a_bare_transport_tries_once(fake):
    fake.faults.add("/connect_webviews/list", status=503)
    options = {"transport": fake.transport()}

    with Seam(fake.api_key, httpx_options=options) as seam:
        with pytest.raises(httpx.HTTPStatusError):
            seam.connect_webviews.list()

    fake.requests.assert_called("GET /connect_webviews/list", times=1)


@pytest.mark.usefixtures("no_sockets")
def test_no_socket_is_opened_in_process(fake):
    with fake.client() as seam:
        webview = seam.connect_webviews.create()
        account = fake.complete_connect_webview(webview)
        seam.connected_accounts.delete(connected_account_id=account["connected_account_id"])

    assert len(fake.events) == 12


@pytest.mark.usefixtures("no_sockets")
def test_no_socket_is_opened_by_the_asynchronous_sdk(fake):
    async def create():
        async with fake.async_client() as seam:
            return await seam.connect_webviews.create()

    assert asyncio.run(create()).status == "pending"


@pytest.mark.usefixtures("no_sockets")
def test_no_socket_is_opened_to_a_server_that_runs(fake):
    with fake.serve(), fake.client() as seam:
        assert seam.connect_webviews.create().status == "pending"


@pytest.mark.usefixtures("no_sockets")
def test_the_default_endpoint_is_never_reached(fake, monkeypatch):
    monkeypatch.delenv("SEAM_ENDPOINT", raising=False)
    options = {"transport": fake.transport()}

    with Seam(fake.api_key, httpx_options=options) as seam:
        assert seam.connect_webviews.list() == []


def test_one_asynchronous_client_may_be_used_in_several_event_loops(fake):
    seam = fake.async_client()

    created = [asyncio.run(seam.connect_webviews.create()) for _ in range(2)]

    asyncio.run(seam.close())
    assert len({webview.connect_webview_id for webview in created}) == 2


def test_many_concurrent_calls_all_get_a_response(fake):
    async def create_many():
        async with fake.async_client() as seam:
            return await asyncio.gather(*(seam.connect_webviews.create() for _ in range(50)))

    created = asyncio.run(create_many())

    assert len({webview.connect_webview_id for webview in created}) == 50


def test_a_key_in_the_environment_does_not_replace_the_fakes(fake, monkeypatch):
    monkeypatch.setenv("SEAM_API_KEY", "seam_test1234_other")
    monkeypatch.setenv("SEAM_ENDPOINT", "http://127.0.0.1:9")

    with fake.client() as seam:
        assert seam.connect_webviews.list() == []


@pytest.mark.parametrize("method", ["client", "async_client"])
@pytest.mark.parametrize("kind", ["client session", "publishable key"])
def test_a_token_that_the_sdk_does_not_accept_is_misuse(fake, method, kind):
    token = fake.create_client_session()
    if kind == "publishable key":
        token = fake.call("/workspaces/get")["workspace"]["publishable_key"]

    with pytest.raises(MisuseError, match=rf"{kind}.*fake\.call"):
        getattr(fake, method)(token)


def test_the_sdks_own_requests_are_not_strict_violations():
    with FakeSeam(strict=True) as fake, fake.client() as seam:
        webview = seam.connect_webviews.create(custom_metadata={"a": "1"})
        fake.complete_connect_webview(webview)

        seam.connect_webviews.list(custom_metadata_has={"a": "1"}, limit=1)
        seam.events.list(since="2000-01-01", event_types=["device.added", "device.connected"])


def test_clients_of_two_fakes_are_independent(fake):
    with FakeSeam() as other, other.client() as other_seam, fake.client() as seam:
        created = seam.connect_webviews.create()

        with pytest.raises(SeamHttpApiError):
            other_seam.connect_webviews.get(connect_webview_id=created.connect_webview_id)


def test_a_bug_in_fakeseam_reaches_the_test(fake, monkeypatch):
    def bug(*args, **kwargs):
        raise RuntimeError("a bug")

    monkeypatch.setattr("fakeseam.api.connect_webviews.endpoints.list_page", bug)

    with fake.client() as seam, pytest.raises(RuntimeError, match="a bug"):
        seam.connect_webviews.list()


def test_a_path_in_the_base_url_is_in_urls_and_not_in_the_sdks_requests():
    with FakeSeam(base_url="https://seam.test/fake") as fake:
        created = fake.client().connect_webviews.create()

    assert created.url.startswith("https://seam.test/fake/connect_webviews/view?")


# Clients that act in no workspace


@pytest.fixture
def token(fake):
    return fake.create_personal_access_token()


def test_the_sdks_client_without_a_workspace_creates_and_lists_them(fake, token):
    options = {"transport": fake.transport()}

    with SeamWithoutWorkspace(token, httpx_options=options) as seam:
        created = seam.workspaces.create(name="Hotel", connect_partner_name=NULL)
        listed = seam.workspaces.list()

    assert [one.workspace_id for one in listed] == [fake.workspace_id, created.workspace_id]


def test_the_asynchronous_client_without_a_workspace_does_too(fake, token):
    async def create():
        options = {"transport": fake.async_transport()}
        async with AsyncSeamWithoutWorkspace(token, httpx_options=options) as seam:
            await seam.workspaces.create(name="Hotel")
            return await seam.workspaces.list()

    assert [one.name for one in asyncio.run(create())] == ["Sandbox", "Hotel"]

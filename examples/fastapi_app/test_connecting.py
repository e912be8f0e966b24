"""A host connects an account, sees it disconnected, and reconnects it."""

from __future__ import annotations

import httpx
import pytest
from conftest import User
from seam import AsyncSeam

from fakeseam import FakeSeam

pytestmark = pytest.mark.anyio


async def test_a_connection_has_a_webview_with_the_users_id(
    ann: User, fakeseam_async_client: AsyncSeam
) -> None:
    response = await ann.post("/connections")

    assert response.status_code == 201
    connection = response.json()
    (webview,) = await fakeseam_async_client.connect_webviews.list()
    assert connection["url"] == webview.url
    assert webview.custom_metadata == {
        "user_id": "ann",
        "connection_id": connection["connection_id"],
    }


async def test_an_account_is_listed_after_its_login(
    ann: User, bob: User, fakeseam: FakeSeam
) -> None:
    connection = (await ann.post("/connections")).json()
    assert connection["status"] == "pending"

    account = await fakeseam.aio.complete_connect_webview(
        connection, provider="ecobee", email="ann@example.com"
    )

    shown = await ann.get(f"/connections/{connection['connection_id']}")
    assert shown.json()["status"] == "connected"
    assert (await ann.get("/accounts")).json() == [
        {
            "connected_account_id": account["connected_account_id"],
            "user_id": "ann",
            "provider": "ecobee",
            "name": "ann@example.com",
            "needs_reconnecting": False,
        }
    ]
    assert (await bob.get("/accounts")).json() == []


async def test_a_failed_login_can_be_tried_again(ann: User, fakeseam: FakeSeam) -> None:
    connection = (await ann.post("/connections")).json()
    url = f"/connections/{connection['connection_id']}"

    await fakeseam.aio.fail_connect_webview(connection)
    assert (await ann.get(url)).json()["status"] == "failed"

    await fakeseam.aio.complete_connect_webview(connection)
    assert (await ann.get(url)).json()["status"] == "connected"


async def test_a_disconnected_account_can_be_reconnected(ann: User, fakeseam: FakeSeam) -> None:
    account = await fakeseam.aio.connect_account(
        provider="ecobee", email="ann@example.com", custom_metadata={"user_id": "ann"}
    )
    account_id = account["connected_account_id"]

    await fakeseam.aio.disconnect_account(account)
    (disconnected,) = (await ann.get("/accounts")).json()
    assert disconnected["needs_reconnecting"] is True

    connection = (await ann.post(f"/accounts/{account_id}/reconnect")).json()
    again = await fakeseam.aio.complete_connect_webview(
        connection, provider="ecobee", email="ann@example.com"
    )
    assert again["connected_account_id"] == account_id
    assert again["custom_metadata"]["user_id"] == "ann"
    (reconnected,) = (await ann.get("/accounts")).json()
    assert reconnected["needs_reconnecting"] is False


async def test_a_user_cannot_reconnect_another_users_account(
    bob: User, fakeseam: FakeSeam
) -> None:
    account = await fakeseam.aio.connect_account(custom_metadata={"user_id": "ann"})

    response = await bob.post(f"/accounts/{account['connected_account_id']}/reconnect")

    assert response.status_code == 404
    fakeseam.requests.assert_not_called("/connect_webviews/create")


async def test_a_user_cannot_see_another_users_connection(ann: User, bob: User) -> None:
    connection = (await ann.post("/connections")).json()

    assert (await bob.get(f"/connections/{connection['connection_id']}")).status_code == 404


async def test_an_account_belongs_to_the_user_who_signed_in_last(
    ann: User, bob: User, fakeseam: FakeSeam
) -> None:
    for user in (ann, bob):
        connection = (await user.post("/connections")).json()
        await fakeseam.aio.complete_connect_webview(connection, email="family@example.com")

    assert (await ann.get("/accounts")).json() == []
    assert [one["name"] for one in (await bob.get("/accounts")).json()] == ["family@example.com"]


async def test_a_deleted_account_is_no_longer_listed(
    ann: User, fakeseam: FakeSeam, fakeseam_async_client: AsyncSeam
) -> None:
    account = await fakeseam.aio.connect_account(custom_metadata={"user_id": "ann"})
    assert len((await ann.get("/accounts")).json()) == 1

    await fakeseam_async_client.connected_accounts.delete(
        connected_account_id=account["connected_account_id"]
    )

    assert (await ann.get("/accounts")).json() == []


async def test_the_accounts_need_a_signed_in_user(web: httpx.AsyncClient) -> None:
    assert (await web.get("/accounts")).status_code == 422

"""What client sessions see of a workspace while their access changes."""

from __future__ import annotations

import pytest

SINCE = {"since": "2025-01-01"}


@pytest.fixture
def session(fake):
    return fake.call("/client_sessions/create", {"user_identifier_key": "u1"})["client_session"]


@pytest.fixture
def sees(fake, session):
    """How many webviews, devices and events the session lists."""

    def sees(token=session["token"]):
        return tuple(
            len(fake.call(path, sent, token=token)[key])
            for path, sent, key in (
                ("/connect_webviews/list", {}, "connect_webviews"),
                ("/devices/list", {}, "devices"),
                ("/events/list", SINCE, "events"),
            )
        )

    return sees


def grant(fake, session, **ids):
    sent = {"client_session_id": session["client_session_id"], **ids}
    return fake.call("/client_sessions/grant_access", sent)["client_session"]


def test_an_empty_session_sees_nothing(fake, login, sees):
    login()

    assert sees() == (0, 0, 0)


def test_a_granted_webview_is_seen_at_once(fake, session, create, sees):
    webview = create()

    grant(fake, session, connect_webview_ids=[webview["connect_webview_id"]])

    assert sees() == (1, 0, 0)


def test_a_granted_account_is_seen_at_once_with_devices_and_events(fake, session, login, sees):
    account = login()
    sent = {"connected_account_id": account["connected_account_id"]}

    granted = grant(fake, session, connected_account_ids=[account["connected_account_id"]])

    shown = fake.call("/connected_accounts/get", sent, token=session["token"])
    assert shown["connected_account"] == account
    assert sees() == (0, 1, 7)
    assert granted["device_count"] == 1


def test_a_webview_made_by_a_session_is_its_own_and_so_are_its_account_and_devices(
    fake, session, sees
):
    sent = {"accepted_providers": ["minut"]}
    webview = fake.call("/connect_webviews/create", sent, token=session["token"])
    webview_id = webview["connect_webview"]["connect_webview_id"]
    assert sees() == (1, 0, 0)

    account = fake.complete_connect_webview(webview_id)

    assert sees() == (1, 1, 7)
    by_user = {"user_identifier_key": "u1"}
    shown = fake.call("/client_sessions/get", by_user)["client_session"]
    assert shown["connect_webview_ids"] == [webview_id]
    assert shown["connected_account_ids"] == [account["connected_account_id"]]
    assert shown["device_count"] == 1


def test_a_backend_lists_what_a_users_session_has(fake, session, login):
    login()
    account = fake.connect_account(email="other@example.com")
    account_id = account["connected_account_id"]
    grant(fake, session, connected_account_ids=[account_id])
    sent = {"user_identifier_key": "u1"}

    accounts = fake.call("/connected_accounts/list", sent)["connected_accounts"]
    devices = fake.call("/devices/list", sent)["devices"]

    assert [one["connected_account_id"] for one in accounts] == [account_id]
    assert {one["connected_account_id"] for one in devices} == {account_id}
    assert fake.call("/connect_webviews/list", sent)["connect_webviews"] == []


def test_a_session_ends_when_it_expires(fake, refuse, sees):
    sent = {"expires_at": "2026-01-01T00:01:00Z"}
    token = fake.call("/client_sessions/create", sent)["client_session"]["token"]
    fake.clock.advance(59.999)
    assert sees(token) == (0, 0, 0)

    fake.clock.advance(0.001)

    refusal = refuse("/devices/list", token=token)
    assert (refusal.status, refusal.type) == (401, "client_session_expired")


def test_a_session_may_have_expired_before_it_was_created(fake, refuse):
    sent = {"expires_at": "2020-01-01T00:00:00Z"}
    session = fake.call("/client_sessions/create", sent)["client_session"]

    assert session["expires_at"] == "2020-01-01T00:00:00.000Z"
    assert refuse("/devices/list", token=session["token"]).type == "client_session_expired"


def test_a_test_sets_when_a_session_expires_and_its_identity(fake, refuse):
    identity = fake.call("/user_identities/create")["user_identity"]["user_identity_id"]
    token = fake.create_client_session(user_identity_id=identity, expires_at=fake.clock.now)

    assert refuse("/devices/list", token=token).type == "client_session_expired"
    shown = fake.call("/client_sessions/list", {"user_identity_id": identity})
    assert [one["token"] for one in shown["client_sessions"]] == [token]


def test_a_deleted_session_leaves_what_it_made(fake, session, create):
    webview = fake.call("/connect_webviews/create", token=session["token"])["connect_webview"]

    fake.call(
        "/client_sessions/delete", {"client_session_id": session["client_session_id"]}
    )

    assert fake.call("/connect_webviews/list")["connect_webviews"] == [webview]
    account = fake.complete_connect_webview(webview)
    assert account["errors"] == []


def test_a_customers_session_sees_what_is_the_customers_and_its_own(fake, login, sees):
    mine = login(customer_key="c1")
    fake.connect_account(email="other@example.com", customer_key="c2")
    made = fake.call("/client_sessions/create", {"customer_key": "c1"})["client_session"]

    listed = fake.call("/connected_accounts/list", token=made["token"])

    assert listed["connected_accounts"] == [mine]
    assert sees(made["token"]) == (1, 1, 7)

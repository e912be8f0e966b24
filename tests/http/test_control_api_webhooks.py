"""Webhooks over HTTP: the webhook log as JSON, waiting, and allowed hosts."""

from __future__ import annotations

import socket

import pytest

URL = "https://app.example.com/hooks"


@pytest.fixture
def call_control(send):
    """Calls a control endpoint of webhooks, without credentials."""

    def call_control(endpoint, method="POST", **params):
        return send(method, f"/_fakeseam/webhooks/{endpoint}", headers={}, json=params)

    return call_control


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_empty_webhook_log_is_an_empty_list(call_control, method):
    assert call_control("deliveries", method).get_json() == {"deliveries": [], "ok": True}


def test_a_delivery_is_returned_with_all_its_fields(call_control, fake, failure_hook, fail_login):
    webhook = failure_hook(URL)
    fake.webhooks.deliver_to(lambda delivery: 500)
    fail_login()

    (delivery,) = call_control("deliveries").get_json()["deliveries"]

    logged = fake.webhooks[0]
    assert delivery == {
        "url": "https://app.example.com/hooks",
        "headers": {
            "Content-Type": "application/json",
            "svix-id": logged.message_id,
            "svix-timestamp": "1767268800",
            "svix-signature": logged.headers["svix-signature"],
        },
        "body": logged.body,
        "event": logged.event,
        "attempts": [
            {
                "at": "2026-01-01T12:00:00.000Z",
                "signed_at": 1767268800,
                "status": 500,
                "response_body": None,
                "error": None,
                "traceback": None,
            }
        ],
        "state": "waiting",
        "message_id": logged.message_id,
        "webhook_id": webhook["webhook_id"],
    }


def test_deliveries_of_every_workspace_are_listed_oldest_first(call_control, fake, failure_hook):
    other = fake.create_workspace()
    failure_hook(URL, ["device.added"])
    sent = {"url": URL, "event_types": ["device.added"]}
    fake.call("/webhooks/create", sent, token=other.api_key)
    fake.connect_account(workspace_id=other.workspace_id)
    fake.connect_account()

    deliveries = call_control("deliveries").get_json()["deliveries"]

    workspaces = [one["event"]["workspace_id"] for one in deliveries]
    first, last = other.workspace_id, fake.workspace_id
    assert workspaces == [first] * (len(deliveries) // 2) + [last] * (len(deliveries) // 2)
    assert len(deliveries) > 1


def test_settling_returns_when_the_receiver_has_responded(
    call_control, fake, receiver, failure_hook, fail_login
):
    failure_hook(receiver.url)
    fail_login()

    assert call_control("settle").get_json() == {"ok": True}

    assert fake.webhooks[0].state == "delivered"


def test_settling_without_any_webhook_succeeds(call_control):
    assert call_control("settle").get_json() == {"ok": True}


@pytest.mark.parametrize("host", ["hooks.example.com", "HOOKS.Example.com"])
def test_a_host_is_allowed(
    call_control, fake, receiver, failure_hook, fail_login, monkeypatch, host
):
    look_up = socket.getaddrinfo
    names = {"hooks.example.com": "127.0.0.1"}
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda name, *args, **how: look_up(names[name], *args, **how)
    )
    failure_hook(f"http://hooks.example.com:{receiver.port}/")

    assert call_control("allow", host=host).get_json() == {"ok": True}
    fail_login()
    call_control("settle")

    assert [one.state for one in fake.webhooks] == ["delivered"]


def test_an_address_is_allowed_with_or_without_brackets(call_control, fake):
    for host in ("[2001:db8::1]", "2001:db8::2", "10.0.0.1"):
        assert call_control("allow", host=host).get_json() == {"ok": True}


@pytest.mark.parametrize(
    ("endpoint", "params", "expected"),
    [
        ("allow", {}, "host is required"),
        ("allow", {"host": ""}, "at least 1 character"),
        ("allow", {"host": 5}, "Expected string, received number"),
        ("allow", {"host": "http://example.com"}, "without scheme, port or path"),
        ("allow", {"host": "example.com:8000"}, "without scheme, port or path"),
        ("allow", {"host": "example.com/hooks"}, "without scheme, port or path"),
        ("allow", {"url": "example.com"}, "no parameter 'url'"),
        ("settle", {"seconds": 1}, "no parameter 'seconds'"),
        ("deliveries", {"url": URL}, "no parameter 'url'"),
    ],
)
def test_the_message_of_misuse_names_what_is_wrong(call_control, endpoint, params, expected):
    response = call_control(endpoint, **params)

    assert response.status_code == 400
    assert response.get_json()["error"]["type"] == "fakeseam_misuse"
    assert expected in response.get_json()["error"]["message"]


@pytest.mark.parametrize("endpoint", ["settle", "allow"])
def test_a_control_call_that_changes_state_cannot_be_a_get(call_control, endpoint):
    assert call_control(endpoint, "GET").status_code == 405


def test_an_invalid_sender_result_is_an_error_of_the_call_that_caused_it(send, fake, failure_hook):
    failure_hook(URL, ["connected_account.created"])
    fake.webhooks.deliver_to(lambda delivery: None)

    response = send("POST", "/_fakeseam/connect_account", headers={}, json={})

    assert (response.status_code, response.get_json()["error"]["type"]) == (400, "fakeseam_misuse")
    assert "Return an HTTP status" in response.get_json()["error"]["message"]

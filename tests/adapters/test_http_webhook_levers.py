"""Webhooks over HTTP: the inbox as JSON, waiting, and hosts that are really sent to."""

from __future__ import annotations

import socket

import pytest

URL = "https://app.example.com/hooks"


@pytest.fixture
def pull(ask):
    """A lever, pulled without any credential."""

    def pull(lever, method="POST", **params):
        return ask(method, f"/_fakeseam/webhooks/{lever}", headers={}, json=params)

    return pull


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_empty_inbox_is_an_empty_list(pull, method):
    assert pull("deliveries", method).get_json() == {"deliveries": [], "ok": True}


def test_a_delivery_is_told_with_all_that_it_is(pull, fake, hook, cause):
    webhook = hook(URL)
    fake.webhooks.deliver_to(lambda delivery: 500)
    cause()

    (shown,) = pull("deliveries").get_json()["deliveries"]

    kept = fake.webhooks[0]
    assert shown == {
        "url": "https://app.example.com/hooks",
        "headers": {
            "Content-Type": "application/json",
            "svix-id": kept.message_id,
            "svix-timestamp": "1767268800",
            "svix-signature": kept.headers["svix-signature"],
        },
        "body": kept.body,
        "event": kept.event,
        "attempts": [
            {
                "at": "2026-01-01T12:00:00.000Z",
                "signed_at": 1767268800,
                "status": 500,
                "answer": None,
                "error": None,
            }
        ],
        "state": "waiting",
        "message_id": kept.message_id,
        "webhook_id": webhook["webhook_id"],
    }


def test_deliveries_of_every_workspace_are_told_oldest_first(pull, fake, hook):
    other = fake.create_workspace()
    hook(URL, ["device.added"])
    sent = {"url": URL, "event_types": ["device.added"]}
    fake.call("/webhooks/create", sent, token=other.api_key)
    fake.connect_account(workspace_id=other.workspace_id)
    fake.connect_account()

    shown = pull("deliveries").get_json()["deliveries"]

    workspaces = [one["event"]["workspace_id"] for one in shown]
    first, last = other.workspace_id, fake.workspace_id
    assert workspaces == [first] * (len(shown) // 2) + [last] * (len(shown) // 2)
    assert len(shown) > 1


def test_settling_answers_when_the_receiver_has(pull, fake, receiver, hook, cause):
    hook(receiver.url)
    cause()

    assert pull("settle").get_json() == {"ok": True}

    assert fake.webhooks[0].state == "delivered"


def test_settling_without_any_webhook_is_nothing(pull):
    assert pull("settle").get_json() == {"ok": True}


@pytest.mark.parametrize("host", ["hooks.example.com", "HOOKS.Example.com"])
def test_a_host_is_allowed(pull, fake, receiver, hook, cause, monkeypatch, host):
    look_up = socket.getaddrinfo
    names = {"hooks.example.com": "127.0.0.1"}
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda name, *args, **how: look_up(names[name], *args, **how)
    )
    hook(f"http://hooks.example.com:{receiver.port}/")

    assert pull("allow", host=host).get_json() == {"ok": True}
    cause()
    pull("settle")

    assert [one.state for one in fake.webhooks] == ["delivered"]


def test_an_address_is_allowed_with_or_without_brackets(pull, fake):
    for host in ("[2001:db8::1]", "2001:db8::2", "10.0.0.1"):
        assert pull("allow", host=host).get_json() == {"ok": True}


@pytest.mark.parametrize(
    ("lever", "params", "said"),
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
def test_misuse_says_what_is_wrong(pull, lever, params, said):
    answer = pull(lever, **params)

    assert answer.status_code == 400
    assert answer.get_json()["error"]["type"] == "fakeseam_misuse"
    assert said in answer.get_json()["error"]["message"]


@pytest.mark.parametrize("lever", ["settle", "allow"])
def test_a_lever_that_does_something_is_no_get(pull, lever):
    assert pull(lever, "GET").status_code == 405


def test_nonsense_of_a_sender_is_told_to_whoever_asked(ask, fake, hook):
    hook(URL, ["connected_account.created"])
    fake.webhooks.deliver_to(lambda delivery: None)

    answer = ask("POST", "/_fakeseam/connect_account", headers={}, json={})

    assert (answer.status_code, answer.get_json()["error"]["type"]) == (400, "fakeseam_misuse")
    assert "return the HTTP status" in answer.get_json()["error"]["message"]

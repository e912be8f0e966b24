"""/webhooks: the shape of a webhook, its parameters, and unknown webhooks."""

from __future__ import annotations

import base64

import pytest

from fakeseam import FakeSeam

URL = "https://app.example.com/hooks"
UNKNOWN = "11111111-1111-4111-8111-111111111111"


# create


def test_a_webhook_has_exactly_these_members(hook):
    webhook = hook(event_types=["device.added"])

    assert {**webhook, "webhook_id": "", "secret": ""} == {
        "webhook_id": "",
        "url": "https://app.example.com/hooks",
        "event_types": ["device.added"],
        "secret": "",
    }
    assert len(webhook["webhook_id"]) == 36


def test_a_webhook_gets_every_type_by_default(hook):
    assert hook()["event_types"] == ["*"]


def test_a_secret_is_one_that_svix_would_make(hook):
    prefix, _, encoded = hook()["secret"].partition("_")

    assert prefix == "whsec"
    assert len(base64.b64decode(encoded, validate=True)) == 24


def test_two_webhooks_at_one_url_are_two(hook, hooks):
    one, other = hook(), hook()

    assert one["webhook_id"] != other["webhook_id"]
    assert one["secret"] != other["secret"]
    assert hooks() == [one, other]


@pytest.mark.parametrize(
    "event_types",
    [
        [],
        ["*"],
        ["connected_account.connected", "connect_webview.login_failed"],
        ["device.connected", "device.connected"],
        ["*", "device.connected"],
        ["access_code.created"],
        ["lock.unlocked"],
    ],
)
def test_event_types_are_shown_as_they_were_sent(hook, event_types):
    assert hook(event_types=event_types)["event_types"] == event_types


@pytest.mark.parametrize(
    ("event_types", "unknown"),
    [
        (["device.conected"], ["device.conected"]),
        (["device.*"], ["device.*"]),
        ([""], [""]),
        (["*", "device.added", "**"], ["**"]),
        (["DEVICE.ADDED"], ["DEVICE.ADDED"]),
    ],
)
def test_an_unknown_event_type_is_named_and_no_webhook_is_created(
    refuse, hooks, event_types, unknown
):
    refusal = refuse("/webhooks/create", {"url": URL, "event_types": event_types})

    assert (refusal.status, refusal.type) == (400, "invalid_event_types")
    assert refusal.message == "Invalid event types"
    assert refusal.data == {"event_types": unknown}
    assert hooks() == []


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "url is required"),
        ({"url": None}, 'Expected string, received null for "url"'),
        ({"url": 5}, 'Expected string, received number for "url"'),
        ({"url": ""}, 'Invalid url for "url"'),
        ({"url": "app.example.com/hooks"}, 'Invalid url for "url"'),
        ({"url": "/hooks"}, 'Invalid url for "url"'),
        ({"url": "http://"}, 'Invalid url for "url"'),
        ({"url": "http://[::1"}, 'Invalid url for "url"'),
        ({"url": URL, "event_types": None}, 'Expected array, received null for "event_types"'),
        ({"url": URL, "event_types": "*"}, 'Expected array, received string for "event_types"'),
        ({"url": URL, "event_types": [1]}, 'Expected string, received number for "event_types.0"'),
    ],
)
def test_what_is_no_webhook_is_refused_and_makes_nothing(refuse, hooks, sent, message):
    refusal = refuse("/webhooks/create", sent)

    assert (refusal.status, refusal.type, refusal.message) == (400, "invalid_input", message)
    assert hooks() == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/hooks?a=b#c",
        "https://jane:secret@example.com",
        "HTTPS://Example.com/Hooks",
        "http://[::1]:5000/",
        "ftp://example.com/hooks",
    ],
)
def test_a_url_is_kept_as_it_was_written(hook, url):
    assert hook(url)["url"] == url


def test_a_refused_webhook_uses_up_no_id(fake, hook, refuse):
    before = fake.snapshot()
    refuse("/webhooks/create", {"url": URL, "event_types": ["nothing"]})

    assert fake.snapshot() == before


# get and list


def test_a_webhook_is_found_by_its_id(fake, hook):
    hook("https://example.com/other")
    webhook = hook()

    found = fake.call("/webhooks/get", {"webhook_id": webhook["webhook_id"]})

    assert found == {"webhook": webhook, "ok": True}


def test_no_webhooks_are_an_empty_list(fake):
    assert fake.call("/webhooks/list") == {"webhooks": [], "ok": True}


def test_webhooks_are_listed_oldest_first(fake, hook, hooks):
    made = [hook(f"https://example.com/{number}") for number in range(12)]

    assert hooks() == made
    assert hooks(method="GET") == made


# update


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_an_update_replaces_the_types_and_nothing_else(fake, hook, hooks, method):
    other, webhook = hook(), hook(event_types=["device.added"])
    sent = {"webhook_id": webhook["webhook_id"], "event_types": ["device.removed"]}

    assert fake.call("/webhooks/update", sent, method=method) == {"ok": True}

    assert hooks() == [other, {**webhook, "event_types": ["device.removed"]}]


def test_an_update_leaves_the_url(fake, hook, hooks):
    webhook = hook()
    sent = {"webhook_id": webhook["webhook_id"], "event_types": ["*"], "url": "http://other"}

    fake.call("/webhooks/update", sent)

    assert hooks() == [webhook]


def test_an_update_to_no_types_is_one(fake, hook, hooks):
    sent = {"webhook_id": hook()["webhook_id"], "event_types": []}

    fake.call("/webhooks/update", sent)

    assert hooks()[0]["event_types"] == []


def test_an_update_with_an_unknown_type_is_refused_and_changes_nothing(hook, refuse, hooks):
    webhook = hook()
    sent = {"webhook_id": webhook["webhook_id"], "event_types": ["device.added", "nothing"]}

    refusal = refuse("/webhooks/update", sent)

    assert (refusal.status, refusal.type) == (400, "invalid_event_types")
    assert refusal.message == "Invalid event types"
    assert hooks() == [webhook]


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "2 Input Errors: webhook_id is required, event_types is required"),
        ({"event_types": ["*"]}, "webhook_id is required"),
        ({"webhook_id": UNKNOWN}, "event_types is required"),
        (
            {"webhook_id": UNKNOWN, "event_types": None},
            'Expected array, received null for "event_types"',
        ),
    ],
)
def test_an_update_needs_both(refuse, sent, message):
    refusal = refuse("/webhooks/update", sent)

    assert (refusal.status, refusal.type, refusal.message) == (400, "invalid_input", message)


# delete


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_deleted_webhook_is_gone(fake, hook, refuse, hooks, method):
    other, webhook = hook(), hook()
    sent = {"webhook_id": webhook["webhook_id"]}

    assert fake.call("/webhooks/delete", sent, method=method) == {"ok": True}

    assert hooks() == [other]
    assert refuse("/webhooks/get", sent).status == 404
    assert refuse("/webhooks/delete", sent).status == 404


# Every endpoint


def params_of(endpoint, webhook_id):
    sent = {"webhook_id": webhook_id}
    return {**sent, "event_types": ["*"]} if endpoint == "update" else sent


@pytest.mark.parametrize("endpoint", ["get", "update", "delete"])
@pytest.mark.parametrize("webhook_id", [UNKNOWN, "no uuid"])
def test_an_unknown_webhook_is_not_found(refuse, endpoint, webhook_id):
    refusal = refuse(f"/webhooks/{endpoint}", params_of(endpoint, webhook_id))

    assert (refusal.status, refusal.type) == (404, "webhook_not_found")
    assert refusal.message == "webhook not found"


@pytest.mark.parametrize("endpoint", ["get", "update", "delete"])
def test_another_workspaces_webhook_is_not_found(fake, hook, refuse, hooks, endpoint):
    webhook, other = hook(), fake.create_workspace()

    refusal = refuse(
        f"/webhooks/{endpoint}", params_of(endpoint, webhook["webhook_id"]), token=other.api_key
    )

    assert (refusal.status, refusal.type) == (404, "webhook_not_found")
    assert hooks() == [webhook]
    assert hooks(token=other.api_key) == []


@pytest.mark.parametrize("endpoint", ["get", "delete"])
@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "webhook_id is required"),
        ({"webhook_id": ""}, 'String must contain at least 1 character(s) for "webhook_id"'),
    ],
)
def test_a_webhook_without_an_id_is_refused(refuse, endpoint, sent, message):
    refusal = refuse(f"/webhooks/{endpoint}", sent)

    assert (refusal.status, refusal.type, refusal.message) == (400, "invalid_input", message)


def test_the_sdk_makes_finds_changes_and_deletes_webhooks():
    with FakeSeam() as fake, fake.client() as seam:
        made = seam.webhooks.create(url="https://example.com/hook")
        assert made.event_types == ["*"]

        seam.webhooks.update(webhook_id=made.webhook_id, event_types=["device.added"])
        found = seam.webhooks.get(webhook_id=made.webhook_id)
        assert (found.url, found.event_types) == (made.url, ["device.added"])
        assert [one.secret for one in seam.webhooks.list()] == [made.secret]

        seam.webhooks.delete(webhook_id=made.webhook_id)
        assert seam.webhooks.list() == []

"""Filters, assertions and waits of the logs over HTTP: the same names, the same texts."""

from __future__ import annotations

import json

import pytest

URL = "https://app.example.com/hooks"
CREATE = "/connect_webviews/create"


@pytest.fixture
def call_control(send):
    """Calls a control endpoint without credentials; returns the status and the body."""

    def call_control(endpoint, **params):
        response = send("POST", f"/_fakeseam/{endpoint}", headers={}, json=params)
        return response.status_code, response.get_json()

    return call_control


@pytest.fixture
def happened(send, fake, failure_hook):
    """A webhook, two requests for webviews, a login at Minut."""
    failure_hook(URL, ["device.added", "device.connected"])
    for user in ("u1", "u2"):
        send("POST", CREATE, json={"custom_metadata": {"user": user}})
    fake.connect_account("minut")


def failed(assertion, *args, **params):
    with pytest.raises(AssertionError) as caught:
        assertion(*args, **params)
    return str(caught.value)


def test_requests_are_listed(call_control, fake, happened):
    status, body = call_control("requests/filter", route=f"POST {CREATE}")

    assert (status, body["ok"]) == (200, True)
    assert body["requests"][0] == {
        "method": "POST",
        "path": "/connect_webviews/create",
        "status": 200,
        "request_id": fake.requests[1].request_id,
        "at": "2026-01-01T12:00:00.000Z",
        "error": None,
        "fault": None,
        "params": {"custom_metadata": {"user": "u1"}},
    }
    assert len(body["requests"]) == 2
    assert len(call_control("requests/filter")[1]["requests"]) == 3


def test_what_an_assertion_finds_is_returned(call_control, fake, happened):
    sent, found_none = {"custom_metadata": {"user": "u2"}}, (200, {"ok": True})

    assert call_control("requests/assert_called", route=CREATE, params=sent, times=1) == (
        200,
        {"request": fake.requests[2].to_json(), "ok": True},
    )
    assert call_control("requests/assert_not_called", route="/devices/list") == found_none
    assert call_control("requests/wait_for", route=CREATE, times=2)[1]["request"]["params"] == sent
    events, deliveries = fake.events, call_control("webhooks/deliveries")[1]["deliveries"]
    device = {"device_id": events[4]["device_id"]}
    assert call_control("events/filter", event_type="device.added")[1]["events"] == [events[4]]
    assert call_control("events/filter", fields=device)[1]["events"] == events[4:6]
    emitted = call_control("events/assert_emitted", event_type="device.added")[1]
    assert emitted["event"] == events[4]
    assert call_control("events/assert_not_emitted", event_type="device.removed") == found_none
    assert call_control("events/wait_for", event_type="device.added")[1]["event"] == events[4]
    assert call_control("webhooks/filter", url=URL)[1]["deliveries"] == deliveries
    assert call_control("webhooks/filter", url="https://a.test")[1]["deliveries"] == []
    sent = {"event_type": "device.added", "fields": device}
    assert call_control("webhooks/assert_sent", **sent)[1]["delivery"] == deliveries[0]
    assert call_control("webhooks/wait_for", **sent)[1]["delivery"] == deliveries[0]
    assert call_control("webhooks/assert_not_sent", event_type="device.removed") == found_none


@pytest.mark.parametrize(
    ("endpoint", "params", "how"),
    [
        ("requests/assert_called", {"route": CREATE, "params": {"customer_key": "a"}},
         {"customer_key": "a"}),
        ("requests/assert_called", {"route": CREATE, "times": 3}, {"times": 3}),
        ("requests/assert_not_called", {"route": CREATE}, {}),
        ("requests/wait_for", {"route": CREATE, "times": 3, "timeout": 0},
         {"times": 3, "timeout": 0}),
        ("events/assert_emitted", {"event_type": "device.removed"}, {}),
        ("events/assert_not_emitted", {"event_type": "device.added"}, {}),
        ("events/wait_for", {"event_type": "device.removed", "timeout": 0}, {"timeout": 0}),
        ("webhooks/assert_sent", {"event_type": "device.removed", "url": URL}, {"url": URL}),
        ("webhooks/assert_not_sent", {"event_type": "device.added"}, {}),
        ("webhooks/wait_for", {"event_type": "device.removed", "timeout": 0}, {"timeout": 0}),
    ],
)
def test_an_assertion_that_fails_is_a_400_with_the_same_text(
    call_control, fake, happened, endpoint, params, how
):
    log, name = endpoint.split("/")
    about = params.get("route") or params.get("event_type")

    status, body = call_control(endpoint, **params)

    assert (status, body["ok"]) == (400, False)
    assert body["error"]["type"] == "fakeseam_assertion_failed"
    assert body["error"]["message"] == failed(getattr(getattr(fake, log), name), about, **how)


def test_the_text_is_returned_in_full(call_control, happened, fake):
    _, body = call_control("requests/assert_called", route=CREATE, params={"custom_metadata": {}})

    first, second = fake.requests[1].request_id, fake.requests[2].request_id
    assert body["error"]["message"] == (
        "/connect_webviews/create was not called with custom_metadata={};"
        " the nearest of 3 requests:\n"
        f"  {second}: 200 POST /connect_webviews/create\n"
        f'  + custom_metadata.user: "u2"  ({second}, not wanted)\n'
        "all of them:\n"
        f"  {fake.requests[0].request_id}: 200 POST /webhooks/create\n"
        f"  {first}: 200 POST /connect_webviews/create\n"
        f"  {second}: 200 POST /connect_webviews/create"
    )


@pytest.mark.parametrize(
    "endpoint",
    [
        "requests/filter",
        "requests/assert_called?route=/connect_webviews/create&times=2",
        "requests/assert_not_called?route=/devices/list",
        "events/filter?event_type=device.added",
        "events/assert_emitted?event_type=device.added&fields.connected_account_id=ID",
        "events/assert_not_emitted?event_type=device.removed",
        "webhooks/filter?event_type=device.added&url=https://app.example.com/hooks",
        "webhooks/assert_sent?event_type=device.added",
        "webhooks/assert_not_sent?event_type=device.removed",
    ],
)
def test_a_read_only_control_call_may_be_a_get(send, fake, happened, endpoint):
    account_id = fake.events[4]["connected_account_id"]

    response = send("GET", f"/_fakeseam/{endpoint.replace('ID', account_id)}", headers={})

    assert response.status_code == 200


@pytest.mark.parametrize("log", ["requests", "events", "webhooks"])
def test_waiting_cannot_be_a_get_which_another_site_could_send(send, log):
    assert send("GET", f"/_fakeseam/{log}/wait_for").status_code == 405


def test_parameters_in_a_query_are_compared_as_seam_parses_them(send, fake, call_control):
    send("GET", "/connected_accounts/list?limit=10&custom_metadata_has.vip=true")
    send("GET", "/devices/list?device_ids=a,b")
    metadata = {"vip": True}

    fake.requests.assert_called("/connected_accounts/list", limit=10, custom_metadata_has=metadata)
    fake.requests.assert_called("/connected_accounts/list", custom_metadata_has={"vip": "true"})
    fake.requests.assert_not_called("/connected_accounts/list", limit="10")
    fake.requests.assert_not_called("/connected_accounts/list", custom_metadata_has={"vip": 1})
    fake.requests.assert_called("/devices/list", device_ids=["a", "b"])
    route = "/_fakeseam/requests/assert_called?route=/connected_accounts/list"
    for query in ("params.limit=10", f"params={json.dumps({'custom_metadata_has': metadata})}"):
        assert send("GET", f"{route}&{query}", headers={}).status_code == 200


def test_a_request_without_an_endpoint_has_its_parameters(send, fake):
    send("POST", "/thermostats/cool?from=query", json={"device_id": "d1"})
    send("POST", "/thermostats/heat", data=b"{", content_type="application/json")

    fake.requests.assert_called("/thermostats/cool", device_id="d1", **{"from": "query"})
    assert fake.requests.assert_called("/thermostats/heat").params == {}


@pytest.mark.parametrize(
    ("endpoint", "params", "expected"),
    [
        ("requests/assert_called", {}, "route is required"),
        ("requests/assert_called", {"route": "/devices/lst"}, "nearest: /devices/list"),
        ("requests/assert_called", {"route": CREATE, "param": {}}, "no parameter 'param'"),
        ("requests/assert_called", {"route": CREATE, "params": []}, "Expected object"),
        ("requests/wait_for", {"route": CREATE, "timeout": "5"}, "Expected number"),
        ("requests/wait_for", {"route": CREATE, "timeout": -1}, "timeout"),
        ("events/assert_emitted", {"event_type": "device.aded"}, "types: device.added, device."),
        ("events/filter", {"device_id": "d1"}, "no parameter 'device_id'"),
        ("webhooks/assert_sent", {"event_type": "device.added", "times": 0}, "assert_not_sent()"),
    ],
)
def test_the_message_of_misuse_names_what_is_wrong(call_control, endpoint, params, expected):
    status, body = call_control(endpoint, **params)

    assert (status, body["error"]["type"]) == (400, "fakeseam_misuse")
    assert expected in body["error"]["message"]


def test_a_failed_assertion_of_a_form_is_shown_on_a_page(send, happened):
    response = send(
        "POST",
        "/_fakeseam/requests/assert_not_called",
        headers={"Origin": "http://localhost"},
        data=f"route={CREATE}",
        content_type="application/x-www-form-urlencoded",
    )

    assert response.status_code == 400
    assert "should not have been" in response.text


def test_read_only_control_calls_are_not_in_the_timeline(call_control, fake, happened):
    before = list(fake._engine.runtime.journal.timeline)

    call_control("requests/filter")
    call_control("events/assert_emitted", event_type="device.removed")

    assert list(fake._engine.runtime.journal.timeline) == before
    assert fake._engine.runtime.journal.strict_violations == {}

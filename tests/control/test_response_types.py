"""What the OpenAPI document says of responses, compared with real ones."""

from __future__ import annotations

import copy
import json

import pytest
from jsonschema import Draft202012Validator

from fakeseam import FakeSeam
from fakeseam.control.openapi_document import documented_endpoints, openapi
from fakeseam.control.response_types import response_type

ID = "00000000-0000-4000-8000-000000000001"
DEVICE = "00000000-0000-4000-8000-000000000002"
HOOK, BROKEN_HOOK = "https://app.example/hook", "https://broken.example/hook"
# Seam's objects with members of one kind of object only, which the document leaves open.
OPEN = {"Event", "ErrorOrWarning"}


@pytest.fixture(scope="module")
def closed_document():
    """The document, in which an object has no members but those that are named."""
    document = copy.deepcopy(openapi("http://fakeseam"))
    for name, schema in document["components"]["schemas"].items():
        if name not in OPEN:
            schema["additionalProperties"] = False
    return document


@pytest.fixture
def busy():
    """A fake in which every kind of record and result has happened."""
    with FakeSeam() as fake:
        for url, status in ((HOOK, 200), (BROKEN_HOOK, 500)):
            fake.call("/webhooks/create", {"url": url})
            fake.webhooks.deliver_to(lambda delivery, status=status: status, url)
        fake.connect_account(email="jane@example.com", custom_metadata={"floor": True})
        fake.connect_account(customer_key="c1")
        webview = fake.call(
            "/connect_webviews/create", {"custom_redirect_url": "https://app.example"}
        )["connect_webview"]
        fake.complete_connect_webview(webview)
        devices = [{"name": "Hall", "device_id": DEVICE}]
        fake.connect_account("nuki", devices=devices)
        sent = {"device_id": DEVICE, "name": "Guest"}
        fake.call("/access_codes/create", sent)
        fake.faults.add("/devices/list", status=503)
        fake.call("/devices/get", {"name": "FRONT DOOR"})
        yield fake


CALLS = [
    ("connect_account", {}),
    ("connect_account", {"provider": "latch"}),
    ("create_workspace", {"name": "Other", "connect_partner_name": "App"}),
    ("create_client_session", {"user_identifier_key": "u1"}),
    ("create_personal_access_token", {}),
    ("faults/add", {"route": "*", "kind": "reset", "probability": 0.5}),
    ("faults/add", {"route": "GET /devices/list", "status": 429, "retry_after": 5, "latency": 1}),
    ("create_connect_webview", {"params": {"provider_category": "stable"}}),
    ("answer", {"route": "/thermostats/list", "body": {"devices": []}}),
    ("emit", {"event_type": "access_grant.created", "fields": {"access_grant_id": ID}}),
    ("faults/outage", {"route": "/devices/list"}),
    ("faults/list", {}),
    ("faults/get", {"fault_id": 1}),
    ("faults/remove", {"fault_id": 1}),
    ("events/filter", {}),
    ("events/assert_emitted", {"event_type": "device.connected"}),
    ("events/wait_for", {"event_type": "connected_account.connected"}),
    ("requests/filter", {}),
    ("requests/assert_called", {"route": "/devices/get"}),
    ("requests/wait_for", {"route": "/devices/get"}),
    ("webhooks/deliveries", {}),
    ("webhooks/filter", {}),
    ("webhooks/assert_sent", {"event_type": "device.connected"}),
    ("webhooks/wait_for", {"event_type": "device.connected", "url": HOOK}),
    ("timeline", {}),
    ("inspect", {}),
    ("inspect", {"show": "devices"}),
    ("clock/now", {}),
    ("clock/advance", {"seconds": 1}),
    ("create_unmanaged_access_code", {"device_id": DEVICE, "code": "4711"}),
    ("enter_code", {"device_id": DEVICE, "code": "0000"}),
    ("snapshot", {}),
    ("dump", {}),
    ("reset", {}),
]


@pytest.mark.parametrize(("name", "params"), CALLS)
def test_a_real_response_is_as_documented(busy, closed_document, name, params):
    path = f"/_fakeseam/{name}"

    body = json.loads(json.dumps(busy.call(path, params)))

    response = closed_document["paths"][path]["post"]["responses"]["200"]
    schema = response["content"]["application/json"]["schema"]
    whole = {**schema, "components": closed_document["components"]}
    errors = Draft202012Validator(whole).iter_errors(body)
    assert [f"{one.json_path}: {one.message}" for one in errors] == []


def test_every_kind_of_response_has_a_real_one_above():
    keys = {
        key
        for name, _ in CALLS
        for one in documented_endpoints()
        if one.path == f"/_fakeseam/{name}"
        for key in one.response_keys
    }

    everything = {key for one in documented_endpoints() for key in one.response_keys}
    assert everything - keys == {"redirect_url"}


@pytest.mark.parametrize(
    "webview", [{}, {"custom_redirect_url": "https://app.example"}], ids=["nowhere", "redirects"]
)
@pytest.mark.parametrize("name", ["fail_connect_webview", "webview_redirect_url"])
def test_a_redirect_url_is_text_or_null(fake, name, webview):
    made = fake.call("/connect_webviews/create", webview)["connect_webview"]
    sent = {"connect_webview_id": made["connect_webview_id"]}
    if name == "webview_redirect_url":
        fake.complete_connect_webview(made)

    body = fake.call(f"/_fakeseam/{name}", sent)

    assert (body["redirect_url"] is None) is (webview == {})


def test_a_response_of_an_unknown_key_is_an_error():
    endpoint = documented_endpoints()[0]

    with pytest.raises(KeyError, match="no_such_key"):
        response_type(endpoint, "no_such_key")

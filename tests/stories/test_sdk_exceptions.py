"""The exceptions of the SDK for errors of Seam."""

from __future__ import annotations

import httpx
import pytest
from seam import (
    SeamHttpApiError,
    SeamHttpInvalidInputError,
    SeamHttpUnauthorizedError,
)

NOBODY = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def webview_id(seam):
    return seam.connect_webviews.create().connect_webview_id


@pytest.mark.parametrize(
    "token",
    [
        "seam_test1234_unknown",
        "seam_at1unknown_token",
    ],
)
def test_an_unknown_token_is_unauthorized(connect, token):
    stranger = connect(token)

    with pytest.raises(SeamHttpUnauthorizedError) as refusal:
        stranger.connect_webviews.list()

    assert (refusal.value.status_code, refusal.value.code) == (401, "unauthorized")
    assert str(refusal.value) == "Unauthorized"


def test_a_key_is_checked_before_the_parameters(connect):
    stranger = connect("seam_test1234_unknown")

    with pytest.raises(SeamHttpUnauthorizedError):
        stranger.connect_webviews.get(connect_webview_id="no id")


def test_a_key_is_checked_before_the_method(connect):
    stranger = connect("seam_test1234_unknown")

    with pytest.raises(SeamHttpUnauthorizedError):
        stranger.client.put("/connect_webviews/create", json={})


@pytest.mark.parametrize("verb", ["get", "delete"])
def test_an_unknown_webview_is_not_found(seam, verb):
    with pytest.raises(SeamHttpApiError) as refusal:
        getattr(seam.connect_webviews, verb)(connect_webview_id=NOBODY)

    assert (refusal.value.status_code, refusal.value.code) == (404, "connect_webview_not_found")
    assert str(refusal.value) == "Connect webview not found"


@pytest.mark.parametrize("verb", ["get", "update", "delete", "sync"])
def test_an_unknown_account_is_not_found(seam, verb):
    with pytest.raises(SeamHttpApiError) as refusal:
        getattr(seam.connected_accounts, verb)(connected_account_id=NOBODY)

    assert (refusal.value.status_code, refusal.value.code) == (
        404,
        "connected_account_not_found",
    )
    assert str(refusal.value) == "Connected account not found"
    assert refusal.value.data == {"connected_account_id": NOBODY}


def test_an_unknown_account_cannot_be_disconnected(seam):
    with pytest.raises(SeamHttpApiError) as refusal:
        seam.connected_accounts.simulate.disconnect(connected_account_id=NOBODY)

    assert refusal.value.code == "connected_account_not_found"


def test_an_unknown_address_is_not_found(seam):
    with pytest.raises(SeamHttpApiError) as refusal:
        seam.connected_accounts.get(email="nobody@example.com")

    assert refusal.value.code == "connected_account_not_found"


def test_an_unknown_device_is_not_found(seam):
    with pytest.raises(SeamHttpApiError) as refusal:
        seam.devices.get(device_id=NOBODY)

    assert (refusal.value.status_code, refusal.value.code) == (404, "device_not_found")


def test_an_unknown_event_is_not_found(seam):
    with pytest.raises(SeamHttpApiError) as refusal:
        seam.events.get(event_id=NOBODY)

    assert (refusal.value.status_code, refusal.value.code) == (404, "event_not_found")


def test_a_deleted_webview_is_not_found(seam, webview_id):
    seam.connect_webviews.delete(connect_webview_id=webview_id)

    with pytest.raises(SeamHttpApiError) as refusal:
        seam.connect_webviews.get(connect_webview_id=webview_id)

    assert refusal.value.code == "connect_webview_not_found"


def test_a_webview_of_another_workspace_is_not_found(fake, connect, webview_id):
    elsewhere = connect(fake.create_workspace("Elsewhere").api_key)

    with pytest.raises(SeamHttpApiError) as refusal:
        elsewhere.connect_webviews.get(connect_webview_id=webview_id)

    assert refusal.value.code == "connect_webview_not_found"


@pytest.mark.parametrize("verb", ["get", "update", "delete", "sync"])
def test_an_account_of_another_workspace_is_not_found(fake, connect, verb):
    account = fake.connect_account()
    elsewhere = connect(fake.create_workspace("Elsewhere").api_key)

    with pytest.raises(SeamHttpApiError) as refusal:
        getattr(elsewhere.connected_accounts, verb)(
            connected_account_id=account["connected_account_id"]
        )

    assert refusal.value.code == "connected_account_not_found"
    assert len(connect().connected_accounts.list()) == 1


def test_an_id_that_is_not_a_uuid_is_invalid_input(seam):
    with pytest.raises(SeamHttpInvalidInputError) as refusal:
        seam.connect_webviews.get(connect_webview_id="no id")

    assert (refusal.value.status_code, refusal.value.code) == (400, "invalid_input")
    assert str(refusal.value) == 'Invalid uuid for "connect_webview_id"'
    assert refusal.value.get_validation_error_messages("connect_webview_id") == ["Invalid uuid"]


def test_a_missing_parameter_is_invalid_input(seam):
    with pytest.raises(SeamHttpInvalidInputError) as refusal:
        seam.client.post("/connected_accounts/update", json={"custom_metadata": {"a": "1"}})

    assert str(refusal.value) == "connected_account_id is required"


def test_getting_an_account_without_parameters_is_invalid_input(seam):
    with pytest.raises(SeamHttpInvalidInputError) as refusal:
        seam.client.post("/connected_accounts/get", json={})

    assert str(refusal.value) == "Invalid input"
    assert [error.parameter_name for error in refusal.value.validation_errors] == [
        "connected_account_id",
        "email",
    ]


def test_an_unknown_provider_is_invalid_input(seam):
    with pytest.raises(SeamHttpInvalidInputError) as refusal:
        seam.connect_webviews.create(accepted_providers=["august", "hubitat"])

    assert str(refusal.value).startswith("Invalid enum value. Expected 'hotek' | ")
    assert str(refusal.value).endswith("received 'hubitat' for \"accepted_providers.1\"")


def test_several_issues_are_reported_at_once(seam):
    with pytest.raises(SeamHttpInvalidInputError) as refusal:
        seam.client.post(
            "/connect_webviews/create", json={"customer_key": "", "custom_metadata": []}
        )

    assert [error.parameter_name for error in refusal.value.validation_errors] == [
        "custom_metadata",
        "customer_key",
    ]
    assert str(refusal.value).startswith("2 Input Errors: ")


@pytest.mark.parametrize(
    ("verb", "path", "accepted"),
    [
        ("put", "/connect_webviews/get", "GET,POST"),
        ("get", "/connect_webviews/create", "POST"),
        ("patch", "/connect_webviews/list", "GET,POST"),
        ("put", "/connected_accounts/update", "PATCH,POST"),
        ("patch", "/connected_accounts/delete", "DELETE,POST"),
    ],
)
def test_a_method_that_is_not_accepted_is_refused(seam, verb, path, accepted):
    with pytest.raises(SeamHttpApiError) as refusal:
        getattr(seam.client, verb)(path)

    assert (refusal.value.status_code, refusal.value.code) == (405, "method_not_allowed")
    assert str(refusal.value) == f"only {accepted} accepted"


def test_an_unknown_path_is_not_found(seam):
    with pytest.raises(SeamHttpApiError) as refusal:
        seam.client.post("/connect_webview/create", json={})

    assert (refusal.value.status_code, refusal.value.code) == (404, "not_found")


@pytest.mark.parametrize(
    "call",
    [
        lambda seam: seam.connect_webviews.get(connect_webview_id=NOBODY),
        lambda seam: seam.connect_webviews.get(connect_webview_id="no id"),
        lambda seam: seam.client.put("/connect_webviews/get"),
        lambda seam: seam.client.post("/nowhere"),
    ],
    ids=["not found", "invalid input", "method", "path"],
)
def test_every_error_has_the_id_of_its_request(seam, call):
    with pytest.raises(SeamHttpApiError) as refusal:
        call(seam)

    assert refusal.value.request_id.startswith("request")


def test_a_401_has_the_id_of_its_request(connect):
    with pytest.raises(SeamHttpUnauthorizedError) as refusal:
        connect("seam_test1234_unknown").connect_webviews.list()

    assert refusal.value.request_id.startswith("request")


def test_an_outage_is_an_error_of_the_http_client(fake, seam):
    fake.faults.add("POST /connect_webviews/create", status=503)

    with pytest.raises(httpx.HTTPStatusError) as outage:
        seam.connect_webviews.create()

    assert outage.value.response.status_code == 503
    assert outage.value.response.content == b""
    assert outage.value.response.headers["seam-request-id"].startswith("request")

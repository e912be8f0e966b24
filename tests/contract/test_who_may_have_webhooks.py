"""Webhooks: who may ask for them, by which methods, and what a reset leaves."""

from __future__ import annotations

import pytest

URL = "https://app.example.com/hooks"
NOBODY = "11111111-1111-4111-8111-111111111111"
ENDPOINTS = ["create", "get", "list", "update", "delete"]


def params_of(endpoint, webhook_id):
    sent = {"webhook_id": webhook_id}
    return {**sent, "event_types": ["*"]} if endpoint == "update" else sent


@pytest.mark.parametrize("endpoint", ["get", "update", "delete"])
@pytest.mark.parametrize("webhook_id", [NOBODY, "no uuid"])
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


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_client_session_may_do_nothing_with_webhooks(fake, hook, refuse, hooks, endpoint):
    webhook, session = hook(), fake.create_client_session()
    sent = {**params_of(endpoint, webhook["webhook_id"]), "url": URL, "event_types": []}

    refusal = refuse(f"/webhooks/{endpoint}", sent, token=session)

    assert (refusal.status, refusal.type) == (401, "unauthorized")
    assert hooks() == [webhook]


def test_an_access_token_may_make_webhooks(fake, hooks):
    token = fake.create_personal_access_token()
    how = {"token": token, "workspace_id": fake.workspace_id}

    webhook = fake.call("/webhooks/create", {"url": URL}, **how)["webhook"]

    assert hooks() == [webhook]


@pytest.mark.parametrize(
    ("endpoint", "method", "accepted"),
    [
        ("create", "GET", "POST"),
        ("get", "DELETE", "GET,POST"),
        ("list", "PUT", "GET,POST"),
        ("update", "PATCH", "POST,PUT"),
        ("delete", "GET", "DELETE,POST"),
    ],
)
def test_another_method_is_refused(refuse, endpoint, method, accepted):
    refusal = refuse(f"/webhooks/{endpoint}", method=method)

    assert (refusal.status, refusal.type) == (405, "method_not_allowed")
    assert refusal.message == f"only {accepted} accepted"


def test_a_reset_of_the_sandbox_keeps_webhooks_and_forgets_deliveries(fake, hook, hooks):
    webhook, other = hook(), fake.create_workspace()
    fake.call("/webhooks/create", {"url": URL}, token=other.api_key)
    fake.connect_account(workspace_id=other.workspace_id)
    fake.connect_account()
    theirs = [one for one in fake.webhooks if one.webhook_id != webhook["webhook_id"]]

    fake.call("/workspaces/reset_sandbox")

    assert hooks() == [webhook]
    assert list(fake.webhooks) == theirs != []
    fake.connect_account()
    assert len(fake.webhooks) == 2 * len(theirs)

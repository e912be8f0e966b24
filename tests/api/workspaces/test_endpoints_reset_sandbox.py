"""/workspaces/reset_sandbox: its result, what it deletes and what it keeps."""

from __future__ import annotations

import pytest

RESET = "/workspaces/reset_sandbox"


def test_a_reset_returns_a_finished_attempt(fake):
    attempt = fake.call(RESET)["action_attempt"]

    assert {**attempt, "action_attempt_id": ""} == {
        "action_attempt_id": "",
        "action_type": "RESET_SANDBOX_WORKSPACE",
        "status": "success",
        "result": {},
        "error": None,
    }


@pytest.mark.parametrize(
    "path", ["/connect_webviews/list", "/connected_accounts/list", "/devices/list"]
)
def test_a_reset_deletes_everything_in_the_workspace(fake, path):
    fake.connect_account(customer_key="c1")

    fake.call(RESET)

    assert fake.call(path)[path.split("/")[1]] == []
    assert fake.call(path, {"customer_key": "c1"})[path.split("/")[1]] == []


def test_a_reset_deletes_the_events_and_emits_none(fake):
    fake.connect_account()

    fake.call(RESET)

    assert len(fake.events) == 0


def test_a_reset_deletes_the_sessions(fake, refuse):
    session = fake.call("/client_sessions/create")["client_session"]

    fake.call(RESET)

    assert fake.call("/client_sessions/list")["client_sessions"] == []
    refusal = refuse("/devices/list", token=session["token"])
    assert (refusal.status, refusal.type) == (401, "client_session_not_found")
    assert len(fake.events) == 0


def test_a_reset_keeps_the_workspace_and_its_credentials(fake):
    token = fake.create_personal_access_token()
    before = fake.call("/workspaces/get")["workspace"]

    fake.call(RESET)

    assert fake.call("/workspaces/get")["workspace"] == before
    by_token = fake.call("/workspaces/get", token=token, workspace_id=fake.workspace_id)
    assert by_token["workspace"] == before


def test_a_reset_keeps_the_webhooks_and_discards_their_deliveries(fake, hook, hooks):
    webhook, other = hook(), fake.create_workspace()
    hook(token=other.api_key)
    fake.connect_account(workspace_id=other.workspace_id)
    fake.connect_account()
    theirs = [one for one in fake.webhooks if one.webhook_id != webhook["webhook_id"]]

    fake.call(RESET)

    assert hooks() == [webhook]
    assert list(fake.webhooks) == theirs != []
    fake.connect_account()
    assert len(fake.webhooks) == 2 * len(theirs)


def test_a_reset_keeps_the_settings_of_the_workspace(fake):
    fake.call("/workspaces/update", {"name": "New"})

    fake.call(RESET)

    assert fake.call("/workspaces/get")["workspace"]["name"] == "New"


def test_a_reset_leaves_other_workspaces_alone(fake):
    other = fake.create_workspace()
    account = fake.connect_account(workspace_id=other.workspace_id)

    fake.call(RESET)

    listed = fake.call("/connected_accounts/list", token=other.api_key)
    assert listed["connected_accounts"] == [account]


def test_after_a_reset_a_login_makes_a_new_account(fake):
    before = fake.connect_account(email="jane@example.com", custom_metadata={"a": "1"})
    fake.call(RESET)

    after = fake.connect_account(email="jane@example.com")

    assert after["connected_account_id"] != before["connected_account_id"]
    assert after["custom_metadata"] == {}
    assert fake.events.filter("connected_account.created")


def test_a_production_workspace_is_not_reset(fake, refuse):
    production = fake.create_workspace(is_sandbox=False)
    account = fake.connect_account(workspace_id=production.workspace_id)

    refusal = refuse(RESET, token=production.api_key)

    assert (refusal.status, refusal.type) == (400, "workspace_not_sandbox")
    assert refusal.message == "can only reset sandbox on sandbox workspaces"
    listed = fake.call("/connected_accounts/list", token=production.api_key)
    assert listed["connected_accounts"] == [account]

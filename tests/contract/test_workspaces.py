"""Workspaces: what one is, what one keeps to itself, what a reset takes away."""

from __future__ import annotations

import pytest

RESET = "/workspaces/reset_sandbox"


def test_a_workspace_has_exactly_these_members(fake):
    workspace = fake.call("/workspaces/get")["workspace"]

    assert {**workspace, "publishable_key": ""} == {
        "workspace_id": fake.workspace_id,
        "name": "Sandbox",
        "company_name": "Sandbox",
        "connect_partner_name": None,
        "is_sandbox": True,
        "is_suspended": False,
        "is_publishable_key_auth_enabled": True,
        "organization_id": None,
        "publishable_key": "",
        "connect_webview_customization": {},
    }
    assert workspace["publishable_key"].startswith("seam_pk1")


def test_a_second_workspace_is_another_one(fake):
    other = fake.create_workspace("Hotel", is_sandbox=False)

    workspace = fake.call("/workspaces/get", token=other.api_key)["workspace"]

    assert workspace["workspace_id"] == other.workspace_id != fake.workspace_id
    assert (workspace["name"], workspace["is_sandbox"]) == ("Hotel", False)


def test_a_sandbox_key_says_test_and_a_production_key_does_not(fake):
    production = fake.create_workspace(is_sandbox=False)

    assert fake.api_key.startswith("seam_test")
    assert production.api_key.startswith("seam_")
    assert "test" not in production.api_key


def test_the_same_login_in_two_workspaces_is_two_accounts(fake):
    other = fake.create_workspace()

    one = fake.connect_account(email="jane@example.com")
    two = fake.connect_account(email="jane@example.com", workspace_id=other.workspace_id)

    assert one["connected_account_id"] != two["connected_account_id"]


def test_a_workspace_of_customers_is_not_the_others(fake):
    other = fake.create_workspace()
    fake.connect_account(email="jane@example.com", customer_key="c1")

    account = fake.connect_account(
        email="jane@example.com", customer_key="c2", workspace_id=other.workspace_id
    )

    assert account["customer_key"] == "c2"


# reset_sandbox


def test_a_reset_answers_a_finished_attempt(fake):
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
def test_a_reset_takes_everything_inside_away(fake, path):
    fake.connect_account(customer_key="c1")

    fake.call(RESET)

    assert fake.call(path)[path.split("/")[1]] == []
    assert fake.call(path, {"customer_key": "c1"})[path.split("/")[1]] == []


def test_a_reset_takes_the_events_away_and_makes_none(fake):
    fake.connect_account()

    fake.call(RESET)

    assert len(fake.events) == 0


def test_a_reset_keeps_the_workspace_and_its_credentials(fake):
    token = fake.create_personal_access_token()
    before = fake.call("/workspaces/get")["workspace"]

    fake.call(RESET)

    assert fake.call("/workspaces/get")["workspace"] == before
    by_token = fake.call("/workspaces/get", token=token, workspace_id=fake.workspace_id)
    assert by_token["workspace"] == before


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


# simulate


SIMULATE = "/connected_accounts/simulate/disconnect"


def test_a_disconnection_can_be_simulated(fake):
    account = fake.connect_account(provider="minut")
    sent = {"connected_account_id": account["connected_account_id"]}

    assert fake.call(SIMULATE, sent) == {"ok": True}

    shown = fake.call("/connected_accounts/get", sent)["connected_account"]
    assert shown == {
        **account,
        "errors": [
            {
                "error_code": "account_disconnected",
                "message": (
                    "Account Disconnected, you may need to reconnect the account with a new"
                    " webview."
                ),
                "created_at": "2026-01-01T00:00:00.000Z",
                "is_connected_account_error": True,
                "is_bridge_error": False,
            }
        ],
    }
    assert [event["event_type"] for event in fake.events][-2:] == [
        "connected_account.disconnected",
        "device.disconnected",
    ]


def test_a_second_disconnection_changes_nothing(fake):
    account = fake.connect_account()
    sent = {"connected_account_id": account["connected_account_id"]}
    fake.call(SIMULATE, sent)
    fake.clock.advance(60)
    shown = fake.call("/connected_accounts/get", sent)
    events = len(fake.events)

    fake.call(SIMULATE, sent)

    assert fake.call("/connected_accounts/get", sent) == shown
    assert len(fake.events) == events


def test_nothing_is_simulated_in_production(fake, refuse):
    production = fake.create_workspace(is_sandbox=False)
    account = fake.connect_account(workspace_id=production.workspace_id)
    sent = {"connected_account_id": account["connected_account_id"]}

    refusal = refuse(SIMULATE, sent, token=production.api_key)

    assert (refusal.status, refusal.type) == (400, "workspace_not_sandbox")


def test_levers_work_in_production_with_any_credentials(fake):
    production = fake.create_workspace(is_sandbox=False)
    webview = fake.call("/connect_webviews/create", token=production.api_key)["connect_webview"]

    account = fake.complete_connect_webview(
        webview, email="jane@company.com", password="hunter2", code="000000"
    )
    fake.disconnect_account(account)

    sent = {"connected_account_id": account["connected_account_id"]}
    got = fake.call("/connected_accounts/get", sent, token=production.api_key)
    assert got["connected_account"]["errors"][0]["error_code"] == "account_disconnected"

"""/connected_accounts/simulate: a disconnection, in sandbox workspaces alone."""

from __future__ import annotations

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

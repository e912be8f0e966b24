"""Workspaces keep things apart: keys, personal access tokens and resets of a sandbox."""

from __future__ import annotations

import pytest
from seam import SeamHttpApiError, SeamHttpUnauthorizedError


def test_a_key_opens_its_own_workspace(fake, connect):
    elsewhere = fake.create_workspace("Elsewhere")

    assert connect().workspaces.get().workspace_id == fake.workspace_id
    assert connect(elsewhere.api_key).workspaces.get().workspace_id == elsewhere.workspace_id


def test_lists_never_cross_workspaces(fake, seam, connect):
    fake.connect_account()
    elsewhere = connect(fake.create_workspace("Elsewhere").api_key)

    assert elsewhere.connect_webviews.list() == []
    assert elsewhere.connected_accounts.list() == []
    assert elsewhere.devices.list() == []
    assert elsewhere.events.list(since="2000-01-01") == []


def test_a_personal_access_token_acts_in_the_fakes_workspace(fake, seam, connect):
    created = seam.connect_webviews.create(custom_metadata={"user": "u1"})
    admin = connect(fake.create_personal_access_token())

    found = admin.connect_webviews.list(custom_metadata_has={"user": "u1"})

    assert [one.connect_webview_id for one in found] == [created.connect_webview_id]


def test_a_personal_access_token_acts_in_the_workspace_it_is_sent_with(fake, connect):
    elsewhere = fake.create_workspace("Elsewhere")
    admin = connect(fake.create_personal_access_token(), elsewhere.workspace_id)

    webview = admin.connect_webviews.create(custom_metadata={"user": "u1"})

    assert webview.workspace_id == elsewhere.workspace_id


def test_a_personal_access_token_is_unauthorized_in_an_unknown_workspace(fake, connect):
    admin = connect(
        fake.create_personal_access_token(), "11111111-2222-4333-8444-555555555555"
    )

    with pytest.raises(SeamHttpUnauthorizedError):
        admin.connect_webviews.list()


def test_a_workspace_returns_the_sdk_for_itself(fake):
    elsewhere = fake.create_workspace("Elsewhere")

    with elsewhere.client() as seam:
        webview = seam.connect_webviews.create()

    assert webview.workspace_id == elsewhere.workspace_id


def test_a_reset_sandbox_is_empty(fake, seam):
    fake.connect_account()

    seam.workspaces.reset_sandbox()

    assert seam.connect_webviews.list() == []
    assert seam.connected_accounts.list() == []
    assert seam.devices.list() == []
    assert seam.events.list(since="2000-01-01") == []


def test_a_reset_sandbox_succeeds_at_once(seam):
    attempt = seam.workspaces.reset_sandbox()

    assert (attempt.action_type, attempt.status) == ("RESET_SANDBOX_WORKSPACE", "success")


def test_the_key_still_works_after_a_reset(fake, seam):
    seam.workspaces.reset_sandbox()

    webview = seam.connect_webviews.create(custom_metadata={"user": "u1"})

    assert webview.custom_metadata == {"user": "u1"}
    assert webview.workspace_id == fake.workspace_id


def test_a_personal_access_token_still_works_after_a_reset(fake, connect):
    admin = connect(fake.create_personal_access_token())

    admin.workspaces.reset_sandbox()

    assert admin.connect_webviews.list() == []


def test_a_login_after_a_reset_is_a_new_account(fake, seam):
    before = fake.connect_account("august", "jane@example.com", {"user": "u1"})
    seam.workspaces.reset_sandbox()

    after = fake.connect_account("august", "jane@example.com")

    assert after["connected_account_id"] != before["connected_account_id"]
    assert after["custom_metadata"] == {}


def test_a_reset_leaves_other_workspaces_alone(fake, seam, connect):
    elsewhere = fake.create_workspace("Elsewhere")
    fake.connect_account(workspace_id=elsewhere.workspace_id)

    seam.workspaces.reset_sandbox()

    assert len(connect(elsewhere.api_key).connected_accounts.list()) == 1


def test_a_production_workspace_cannot_be_reset(fake, connect):
    production = connect(fake.create_workspace("Production", is_sandbox=False).api_key)

    with pytest.raises(SeamHttpApiError) as refusal:
        production.workspaces.reset_sandbox()

    assert (refusal.value.status_code, refusal.value.code) == (400, "workspace_not_sandbox")
    assert str(refusal.value) == "can only reset sandbox on sandbox workspaces"


def test_nothing_can_be_simulated_in_a_production_workspace(fake, connect):
    workspace = fake.create_workspace("Production", is_sandbox=False)
    account = fake.connect_account(workspace_id=workspace.workspace_id)
    production = connect(workspace.api_key)

    with pytest.raises(SeamHttpApiError) as refusal:
        production.connected_accounts.simulate.disconnect(
            connected_account_id=account["connected_account_id"]
        )

    assert refusal.value.code == "workspace_not_sandbox"
    assert production.connected_accounts.list()[0].errors == []

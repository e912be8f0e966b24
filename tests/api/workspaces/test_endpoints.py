"""/workspaces: their shape; created and listed with an access token, changed with a key."""

from __future__ import annotations

import pytest

CREATE = "/workspaces/create"
UPDATE = "/workspaces/update"
LIST = "/workspaces/list"
ORGANIZATION = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"
UNAUTHORIZED = (401, "unauthorized", "Missing or invalid authentication")


@pytest.fixture
def token(fake):
    return fake.create_personal_access_token()


@pytest.fixture
def make(fake, token):
    def make(**params):
        return fake.call(CREATE, {"name": "Hotel", **params}, token=token)["workspace"]

    return make


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


def test_a_workspace_is_made_with_a_token_alone(fake, make):
    workspace = make()

    assert {**workspace, "workspace_id": "", "publishable_key": ""} == {
        "workspace_id": "",
        "name": "Hotel",
        "company_name": "Hotel",
        "connect_partner_name": None,
        "is_sandbox": False,
        "is_suspended": False,
        "is_publishable_key_auth_enabled": True,
        "organization_id": None,
        "publishable_key": "",
        "connect_webview_customization": {},
    }
    assert workspace["workspace_id"] != fake.workspace_id
    assert workspace["publishable_key"].startswith("seam_pk1")


def test_a_workspace_shows_what_it_was_made_with(make):
    workspace = make(
        is_sandbox=True,
        connect_partner_name="Partner",
        company_name="Company",
        organization_id=ORGANIZATION,
        connect_webview_customization={
            "logo_shape": "square",
            "primary_button_color": "#123456",
            "primary_button_text_color": None,
            "inviter_logo_url": "https://example.com/logo.png",
        },
        webview_logo_shape="circle",
        webview_primary_button_text_color="#ffffff",
        webview_success_message="Thanks",
    )

    assert workspace["is_sandbox"] is True
    assert (workspace["connect_partner_name"], workspace["company_name"]) == ("Partner", "Partner")
    assert workspace["organization_id"] == ORGANIZATION
    assert workspace["connect_webview_customization"] == {
        "logo_shape": "square",
        "primary_button_color": "#123456",
        "success_message": "Thanks",
    }


@pytest.mark.parametrize(
    "sent, partner, company",
    [
        ({"company_name": "Company"}, "Company", "Company"),
        ({"company_name": "Company", "connect_partner_name": None}, None, "Hotel"),
        ({"connect_partner_name": None}, None, "Hotel"),
    ],
)
def test_the_partners_name_comes_from(make, sent, partner, company):
    workspace = make(**sent)

    assert (workspace["connect_partner_name"], workspace["company_name"]) == (partner, company)


@pytest.mark.parametrize(
    "sent, message",
    [
        ({}, "name is required"),
        ({"name": None}, 'Expected string, received null for "name"'),
        ({"name": "x", "company_name": None}, 'Expected string, received null for "company_name"'),
        ({"name": "x", "organization_id": "no"}, 'Invalid uuid for "organization_id"'),
        (
            {"name": "x", "connect_webview_customization": {"logo_shape": "star"}},
            "Invalid enum value. Expected 'circle' | 'square', received 'star'"
            ' for "connect_webview_customization.logo_shape"',
        ),
        (
            {"name": "x", "connect_webview_customization": None},
            'Expected object, received null for "connect_webview_customization"',
        ),
    ],
)
def test_what_is_wrong_is_named(fake, refuse, token, sent, message):
    assert refuse(CREATE, sent, token=token).message == message
    assert len(fake.call(LIST, token=token)["workspaces"]) == 1


def test_only_a_token_without_a_workspace_makes_one(fake, refuse, token):
    session = fake.create_client_session()

    for how in ({}, {"token": session}, {"token": token, "workspace_id": fake.workspace_id}):
        assert refuse(CREATE, {"name": "Hotel"}, **how).status == 401


def test_a_token_without_a_workspace_opens_no_other_endpoint(refuse, token):
    for path in ("/workspaces/get", UPDATE, "/devices/list", "/client_sessions/create"):
        refusal = refuse(path, token=token)
        assert (refusal.status, refusal.type, refusal.message) == UNAUTHORIZED


def test_a_new_workspace_works_like_any_other(fake, make, token):
    made = make(is_sandbox=True)
    elsewhere = {"workspace_id": made["workspace_id"]}

    assert fake.call("/workspaces/get", token=token, **elsewhere)["workspace"] == made
    assert fake.call("/workspaces/get", **elsewhere)["workspace"] == made
    with fake.client(workspace=made) as seam:
        assert seam.connect_webviews.create().workspace_id == made["workspace_id"]
    assert fake.connect_account(**elsewhere)["errors"] == []
    assert fake.call("/connected_accounts/list")["connected_accounts"] == []


def test_an_id_that_is_taken_is_skipped(fake, make):
    made = make()["workspace_id"]
    snapshot = fake.snapshot()
    fake.reset()
    fake._engine.call_control("create_workspace")
    second = fake.call(LIST, token=fake.create_personal_access_token())["workspaces"][1]
    assert second["workspace_id"] == made
    fake.restore(snapshot)

    assert make()["workspace_id"] != made


# list


def test_a_token_lists_every_workspace(fake, make, token):
    made = make()
    own = fake.call("/workspaces/get")["workspace"]

    assert fake.call(LIST, token=token) == {"workspaces": [own, made], "ok": True}
    inside = fake.call(LIST, token=token, workspace_id=fake.workspace_id)
    assert inside["workspaces"] == [own, made]


def test_a_key_and_a_session_list_their_own_workspace(fake, make):
    make()
    own = fake.call("/workspaces/get")["workspace"]

    for token in (fake.api_key, fake.create_client_session()):
        assert fake.call(LIST, token=token, method="GET")["workspaces"] == [own]


def test_a_customers_session_lists_none(fake, refuse):
    assert refuse(LIST, token=fake.create_client_session(customer_key="c1")).status == 401


# update


def test_what_is_sent_is_changed_and_nothing_else(fake):
    before = fake.call("/workspaces/get")["workspace"]
    other = fake.create_workspace()

    assert fake.call(UPDATE, {"name": "New"}) == {"ok": True}
    assert fake.call("/workspaces/get")["workspace"] == {
        **before, "name": "New", "company_name": "New"
    }
    sent = {
        "connect_partner_name": "Partner",
        "is_publishable_key_auth_enabled": False,
        "is_suspended": True,
        "organization_id": ORGANIZATION,
    }
    assert fake.call(UPDATE, sent, method="PATCH") == {"ok": True}

    shown = fake.call("/workspaces/get")["workspace"]
    assert shown == {**before, **sent, "name": "New", "company_name": "Partner"}
    elsewhere = fake.call("/workspaces/get", token=other.api_key)["workspace"]
    assert (elsewhere["name"], elsewhere["is_suspended"]) == ("Sandbox", False)


def test_null_removes_a_setting_of_the_customization(fake):
    def set_(**customization):
        fake.call(UPDATE, {"connect_webview_customization": customization})
        return fake.call("/workspaces/get")["workspace"]["connect_webview_customization"]

    assert set_(logo_shape="square", success_message="Hi") == {
        "logo_shape": "square",
        "success_message": "Hi",
    }
    assert set_(primary_button_color="#000") == {
        "logo_shape": "square",
        "success_message": "Hi",
        "primary_button_color": "#000",
    }
    assert set_(logo_shape=None, success_message=None) == {"primary_button_color": "#000"}


@pytest.mark.parametrize("name", ["name", "connect_partner_name", "organization_id"])
def test_an_update_takes_no_null(refuse, name):
    refusal = refuse(UPDATE, {name: None})

    assert refusal.message == f'Expected string, received null for "{name}"'


def test_a_test_names_the_partner_of_a_workspace(fake):
    other = fake.create_workspace("Hotel", connect_partner_name="Partner")

    shown = fake.call("/workspaces/get", token=other.api_key)["workspace"]

    assert (shown["name"], shown["company_name"]) == ("Hotel", "Partner")

"""How a workspace's webviews look: every setting is read back under its own name."""

from __future__ import annotations

import pytest

CREATE = "/workspaces/create"
UPDATE = "/workspaces/update"
# Distinct values, so that no setting can pass for another.
ALL = {
    "logo_shape": "square",
    "primary_button_color": "#111111",
    "primary_button_text_color": "#222222",
    "success_message": "Thanks",
}
OTHERS = {
    "logo_shape": "circle",
    "primary_button_color": "#333333",
    "primary_button_text_color": "#444444",
    "success_message": "Done",
}
each_setting = pytest.mark.parametrize("name", sorted(ALL))


@pytest.fixture
def token(fake):
    return fake.create_personal_access_token()


@pytest.fixture
def make(fake, token):
    """Create a workspace; returns its customization, which a list has to show too."""

    def make(**params):
        made = fake.call(CREATE, {"name": "Hotel", **params}, token=token)["workspace"]
        assert made in fake.call("/workspaces/list", token=token)["workspaces"]
        return made["connect_webview_customization"]

    return make


@pytest.fixture
def change(fake):
    """Change the first workspace; returns its customization."""

    def change(**customization):
        sent = {"connect_webview_customization": customization}
        assert fake.call(UPDATE, sent) == {"ok": True}
        return fake.call("/workspaces/get")["workspace"]["connect_webview_customization"]

    return change


# Created


def test_a_workspace_is_made_with_every_setting(make):
    assert make(connect_webview_customization=ALL) == ALL


@each_setting
def test_a_workspace_is_made_with_one_setting(make, name):
    assert make(connect_webview_customization={name: ALL[name]}) == {name: ALL[name]}


@each_setting
def test_a_setting_that_is_made_null_is_not_set(make, name):
    left = {other: ALL[other] for other in ALL if other != name}

    assert make(connect_webview_customization={**ALL, name: None}) == left


def test_a_workspace_is_made_with_every_setting_by_its_deprecated_name(make):
    made = make(
        webview_logo_shape="square",
        webview_primary_button_color="#111111",
        webview_primary_button_text_color="#222222",
        webview_success_message="Thanks",
    )

    assert made == ALL


@each_setting
def test_a_workspace_is_made_with_one_setting_by_its_deprecated_name(make, name):
    assert make(**{f"webview_{name}": ALL[name]}) == {name: ALL[name]}


@each_setting
def test_a_deprecated_name_gives_way_to_the_setting_alone(make, name):
    deprecated = {f"webview_{other}": ALL[other] for other in ALL}

    made = make(**deprecated, connect_webview_customization={name: OTHERS[name]})

    assert made == {**ALL, name: OTHERS[name]}


@pytest.mark.parametrize(
    ("name", "wrong", "message"),
    [
        (
            "logo_shape",
            "star",
            "Invalid enum value. Expected 'circle' | 'square', received 'star'",
        ),
        ("primary_button_color", 1, "Expected string, received number"),
        ("primary_button_text_color", 1, "Expected string, received number"),
        ("success_message", 1, "Expected string, received number"),
    ],
)
def test_a_faulty_setting_is_named_by_the_name_it_was_sent_by(
    fake, refuse, token, name, wrong, message
):
    nested = {"connect_webview_customization": {name: wrong}}
    by_nested_name = f'{message} for "connect_webview_customization.{name}"'

    made = refuse(CREATE, {"name": "Hotel", **nested}, token=token)
    deprecated = refuse(CREATE, {"name": "Hotel", f"webview_{name}": wrong}, token=token)
    changed = refuse(UPDATE, nested)

    assert made.message == changed.message == by_nested_name
    assert deprecated.message == f'{message} for "webview_{name}"'
    assert len(fake.call("/workspaces/list", token=token)["workspaces"]) == 1


# Changed


def test_every_setting_is_changed(change):
    assert change(**ALL) == ALL
    assert change(**OTHERS) == OTHERS


@each_setting
def test_one_setting_is_changed_and_the_others_stay(change, name):
    assert change(**{name: OTHERS[name]}) == {name: OTHERS[name]}
    assert change(**ALL) == ALL
    assert change(**{name: OTHERS[name]}) == {**ALL, name: OTHERS[name]}


@each_setting
def test_one_setting_is_removed_and_the_others_stay(change, name):
    change(**ALL)

    assert change(**{name: None}) == {other: ALL[other] for other in ALL if other != name}


@each_setting
def test_no_setting_has_its_deprecated_name_in_an_update(fake, change, name):
    change(**ALL)

    fake.call(UPDATE, {f"webview_{name}": OTHERS[name]})

    shown = fake.call("/workspaces/get")["workspace"]
    assert shown["connect_webview_customization"] == ALL


def test_a_new_workspace_is_changed_by_itself(fake, make, change, token):
    change(**ALL)
    assert make(connect_webview_customization=OTHERS) == OTHERS
    second = fake.call("/workspaces/list", token=token)["workspaces"][1]["workspace_id"]
    sent = {"connect_webview_customization": {"success_message": None}}

    fake.call(UPDATE, sent, workspace_id=second)

    first, second = fake.call("/workspaces/list", token=token)["workspaces"]
    assert first["connect_webview_customization"] == ALL
    assert second["connect_webview_customization"] == {
        "logo_shape": "circle",
        "primary_button_color": "#333333",
        "primary_button_text_color": "#444444",
    }

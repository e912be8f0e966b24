"""Workspaces, API keys and client sessions that a test creates: what is refused."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam, MisuseError

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("my-key", "an API key starts with 'seam_'"),
        ("seam_cst1_x", "seam_cst... is another kind of credential"),
        ("seam_at1_x", "seam_at... is another kind of credential"),
        ("seam_pk1_x", "seam_pk... is another kind of credential"),
    ],
)
def test_a_key_that_the_sdk_would_refuse_is_refused(misuse, key, words):
    assert misuse("create_workspace", api_key=key) == f"api_key='{key}': {words}"
    with pytest.raises(MisuseError):
        FakeSeam(api_key=key)


def test_a_session_belongs_to_a_workspace_that_exists(misuse):
    message = misuse("create_client_session", workspace_id=UNKNOWN)

    expected = f"This fake has no workspace '{UNKNOWN}'. Create one with create_workspace()."
    assert message == expected


@pytest.mark.parametrize("name", ["connect_webview_ids", "connected_account_ids"])
@pytest.mark.parametrize("value", ["abc", 5])
def test_a_value_in_place_of_a_list_of_ids_is_misuse(misuse, name, value):
    message = misuse("create_client_session", **{name: value})

    assert message == f"Expected a list of ids, not {value!r}."


@pytest.mark.parametrize(
    ("sees", "noun"),
    [
        ({"connect_webview_ids": ["garbage"]}, "connect webview 'garbage'"),
        ({"connected_account_ids": [UNKNOWN]}, f"connected account '{UNKNOWN}'"),
        ({"user_identity_id": UNKNOWN}, f"user identity '{UNKNOWN}'"),
    ],
)
def test_a_session_sees_what_its_workspace_has(fake, misuse, sees, noun):
    message = misuse("create_client_session", **sees)

    assert message == (
        f"no {noun} in workspace '{fake.workspace_id}' (deleted, of another workspace, or never"
        " made)"
    )

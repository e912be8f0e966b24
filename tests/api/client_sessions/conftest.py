"""What the sessions of these tests may see."""

from __future__ import annotations

from types import SimpleNamespace

import pytest


@pytest.fixture
def ids(fake):
    """The ids of two webviews, an account and two identities."""

    def made(path, key, **params):
        return fake.call(path, params)[key][f"{key}_id"]

    return SimpleNamespace(
        webview=made("/connect_webviews/create", "connect_webview"),
        other_webview=made("/connect_webviews/create", "connect_webview"),
        account=fake.connect_account(email="ids@example.com")["connected_account_id"],
        identity=made("/user_identities/create", "user_identity"),
        other_identity=made("/user_identities/create", "user_identity"),
    )

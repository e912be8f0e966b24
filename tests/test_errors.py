"""The fake's exceptions: they survive copies and the way to another process."""

from __future__ import annotations

import copy
import pickle

import pytest

from fakeseam import ApiError, LoginFailed


@pytest.mark.parametrize("travel", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))])
def test_an_error_survives_copying_and_pickling(fake, travel):
    with pytest.raises(ApiError) as caught:
        fake.call("/connect_webviews/get", {"connect_webview_id": "x"})

    arrived = travel(caught.value)

    assert str(arrived) == '400 invalid_input: Invalid uuid for "connect_webview_id"'
    assert arrived.body == caught.value.body


def test_a_failed_login_survives_pickling_too():
    failed = LoginFailed("invalid_credentials", "No", redirect_url="https://example.com")

    arrived = pickle.loads(pickle.dumps(failed))

    assert str(arrived) == "invalid_credentials: No"
    assert arrived.redirect_url == "https://example.com"

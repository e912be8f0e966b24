"""Fixtures of the tests of the control API: a wrong call, and a browser at a login page."""

import pytest

from fakeseam import MisuseError
from tests.control.login_browser import Browser


@pytest.fixture
def browse(fake):
    """A browser at the page of a new webview, by default with all stable brands."""

    def browse(**params):
        return Browser(fake, fake.call("/connect_webviews/create", params)["connect_webview"])

    return browse


@pytest.fixture
def misuse(fake):
    """Makes a wrong call that must change nothing; returns the message."""

    def misuse(method, *args, **how):
        before = fake.snapshot()
        with pytest.raises(MisuseError) as caught:
            getattr(fake, method)(*args, **how)
        assert fake.snapshot() == before
        return str(caught.value)

    return misuse


@pytest.fixture
def home(fake):
    """A fake with one account, one of its devices in a space, and a webview."""
    account = fake.connect_account(
        provider="august",
        email="jane@example.com",
        custom_metadata={"user": "u1"},
        devices=[{"name": "Hall", "custom_metadata": {"floor": "1"}}],
    )
    fake.account_id = account["connected_account_id"]
    fake.device_id = fake.call("/devices/list")["devices"][0]["device_id"]
    fake.call("/spaces/create", {"name": "North", "device_ids": [fake.device_id]})
    return fake

"""What every file here uses: a fresh fake whose time stands, and refusals as values."""

from __future__ import annotations

import pytest
from login_browser import Browser

from fakeseam import ApiError, FakeSeam


@pytest.fixture
def fake():
    return FakeSeam(now="2026-01-01T00:00:00Z")


@pytest.fixture
def refuse(fake):
    """Make a call that has to be refused; gives the refusal."""

    def refuse(path, params=None, **how):
        with pytest.raises(ApiError) as caught:
            fake.call(path, params, **how)
        return caught.value

    return refuse


@pytest.fixture
def create(fake):
    """Make a webview, for Minut unless told otherwise."""

    def create(**params):
        sent = {"accepted_providers": ["minut"], **params}
        return fake.call("/connect_webviews/create", sent)["connect_webview"]

    return create


@pytest.fixture
def login(fake, create):
    """Jane signs in at a new webview."""

    def login(**params):
        return fake.complete_connect_webview(create(**params), email="jane@example.com")

    return login


@pytest.fixture
def hook(fake):
    """Make a webhook, at a host that nothing is really sent to unless told otherwise."""

    def hook(url="https://app.example.com/hooks", *, token=None, **params):
        return fake.call("/webhooks/create", {"url": url, **params}, token=token)["webhook"]

    return hook


@pytest.fixture
def hooks(fake):
    """The webhooks of a workspace."""

    def hooks(**how):
        return fake.call("/webhooks/list", **how)["webhooks"]

    return hooks


@pytest.fixture
def browse(fake):
    """A browser at the page of a new webview, for all stable brands unless told otherwise."""

    def browse(**params):
        return Browser(fake, fake.call("/connect_webviews/create", params)["connect_webview"])

    return browse


@pytest.fixture
def shown(fake):
    """What the API says of a webview now."""

    def shown(webview):
        sent = {"connect_webview_id": webview["connect_webview_id"]}
        return fake.call("/connect_webviews/get", sent)["connect_webview"]

    return shown


@pytest.fixture
def told(fake):
    """The types of all events so far."""
    return lambda: [event["event_type"] for event in fake.events]


@pytest.fixture
def failing():
    """The text of an assertion that has to fail."""

    def failing(assertion, *args, **params):
        with pytest.raises(AssertionError) as caught:
            assertion(*args, **params)
        return str(caught.value)

    return failing

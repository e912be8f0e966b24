from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import app as keyring
import pytest
from flask import Flask
from flask.testing import FlaskClient

from fakeseam import FakeSeam

WEBHOOK_URL = "https://keyring.example.com/webhooks/seam"

# The events that the app handles, as they are chosen in Seam's console.
EVENT_TYPES = [
    "connect_webview.login_failed",
    "connect_webview.login_succeeded",
    "connected_account.connected",
    "connected_account.created",
    "connected_account.deleted",
    "connected_account.disconnected",
]

Browser = Callable[[str], FlaskClient]
Outage = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def app(fakeseam: FakeSeam, tmp_path: Path) -> Flask:
    """The app, with a database of its own. It receives webhooks."""
    webhook = keyring.seam.webhooks.create(url=WEBHOOK_URL, event_types=EVENT_TYPES)
    flask_app = keyring.create_app(
        {
            "TESTING": True,
            "DATABASE": tmp_path / "keyring.sqlite3",
            "SEAM_WEBHOOK_SECRET": webhook.secret,
        }
    )
    fakeseam.webhooks.deliver_to(flask_app.test_client())
    return flask_app


@pytest.fixture
def outage(fakeseam: FakeSeam) -> Outage:
    """Inside ``with outage():`` webhooks do not reach the app, as during a deployment."""

    @contextmanager
    def block() -> Iterator[None]:
        with fakeseam.webhooks.deliver_to(lambda delivery: 503):
            yield

    return block


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Makes the browser of a user who is signed in: ``browser("ann")``."""

    def signed_in(user_id: str) -> FlaskClient:
        client = app.test_client()
        with client.session_transaction() as session:
            session["user_id"] = user_id
        return client

    return signed_in


@pytest.fixture
def ann(browser: Browser) -> FlaskClient:
    return browser("ann")


def webview_at(url: str) -> str:
    """Returns the id of the Connect Webview at a URL."""
    return parse_qs(urlsplit(url).query)["connect_webview_id"][0]

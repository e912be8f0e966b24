from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from accounts.seam_accounts import seam
from accounts.webhooks import EVENT_TYPES
from django.contrib.auth.models import User
from django.test import Client, override_settings

from fakeseam import FakeSeam


@pytest.fixture(autouse=True)
def webhook(db: None, client: Client, fakeseam: FakeSeam) -> Iterator[None]:
    """The app's webhook. Django's test client posts to it, in the transaction of the test."""
    created = seam.webhooks.create(
        url="https://rentdesk.example.com/webhooks/seam/", event_types=EVENT_TYPES
    )
    fakeseam.webhooks.deliver_to(client)
    with override_settings(SEAM_WEBHOOK_SECRET=created.secret):
        yield


@pytest.fixture
def ann(db: None) -> User:
    return User.objects.create_user("ann")


@pytest.fixture
def bob(db: None) -> User:
    return User.objects.create_user("bob")


@pytest.fixture
def browser(ann: User) -> Client:
    """Ann's browser; she is signed in."""
    return browser_of(ann)


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def metadata_of(user: User, building: str = "Elm Street 1") -> dict[str, str | bool]:
    """Returns the metadata of an account that the app has connected."""
    return {"landlord_id": str(user.pk), "building": building}


def webview_at(url: str) -> str:
    """Returns the id of the Connect Webview at a URL."""
    return parse_qs(urlsplit(url).query)["connect_webview_id"][0]

"""What tests of the interception share: httpx's methods, an interception, a request."""

from __future__ import annotations

import httpx
from httpx_retries import Retry

from fakeseam.sdk.interception import Interception

URL = "http://127.0.0.1:8000"
WRAPPED = [
    (httpx.HTTPTransport, "handle_request"),
    (httpx.AsyncHTTPTransport, "handle_async_request"),
    (Retry, "sleep"),
    (Retry, "asleep"),
]


def methods():
    return [vars(owner)[name] for owner, name in WRAPPED]


BEFORE = methods()


def answering(fake, *urls):
    return Interception(lambda: fake, served=urls or [URL])


def get(url=f"{URL}/health"):
    with httpx.Client() as client:
        return client.get(url)

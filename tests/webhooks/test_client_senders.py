"""``deliver_to`` with test clients as they are: each posts to the path of the webhook's URL."""

from __future__ import annotations

import asyncio
from unittest import mock

import flask
import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from seam import SeamWebhook
from werkzeug.test import Client

from fakeseam import MisuseError

URL = "https://app.example.com/hooks?tenant=7"


@pytest.fixture
def webhook(fake, failure_hook):
    return failure_hook(URL)


@pytest.fixture
def verify(webhook):
    """Verifies a request as an app does; returns what the test compares."""

    def verify(path, body, headers):
        event = SeamWebhook(webhook["secret"]).verify(body.decode(), dict(headers))
        return {"path": path, "type": headers["content-type"], "event": event.event_type}

    return verify


@pytest.fixture
def expect_delivered(fake):
    def expect_delivered():
        fake.webhooks.assert_all_delivered()
        assert '"path": "/hooks?tenant=7"' in fake.webhooks[0].attempts[0].response_body

    return expect_delivered


@pytest.fixture(autouse=True)
def wall_clock(fake):
    """The SDK verifies by the wall clock."""
    fake.webhooks.sign_by("wall")


@pytest.fixture
def flask_app(verify):
    app = flask.Flask(__name__)

    @app.post("/hooks")
    def hooks():
        request = flask.request
        seen = verify(request.full_path, request.data, {k.lower(): v for k, v in request.headers})
        return flask.Response(flask.json.dumps(seen), status=200)

    return app


@pytest.fixture
def asgi_app(verify):
    async def hooks(request: Request):
        path = f"{request.url.path}?{request.url.query}"
        return JSONResponse(verify(path, await request.body(), request.headers))

    return Starlette(routes=[Route("/hooks", hooks, methods=["POST"])])


def test_flasks_client(fake, flask_app, fail_login, expect_delivered):
    fake.webhooks.deliver_to(flask_app.test_client())
    fail_login()
    expect_delivered()


def test_werkzeugs_client(fake, flask_app, fail_login, expect_delivered):
    fake.webhooks.deliver_to(Client(flask_app))
    fail_login()
    expect_delivered()


def test_starlettes_client(fake, asgi_app, fail_login):
    with TestClient(asgi_app) as client:
        fake.webhooks.deliver_to(client)
        fail_login()
    fake.webhooks.assert_all_delivered()


@pytest.mark.parametrize("base_url", ["", "http://testserver"])
def test_httpx_client(fake, flask_app, fail_login, expect_delivered, base_url):
    with httpx.Client(transport=httpx.WSGITransport(flask_app), base_url=base_url) as client:
        fake.webhooks.deliver_to(client)
        fail_login()
    expect_delivered()


def test_httpx_asynchronous_client(fake, asgi_app):
    async def story():
        transport = httpx.ASGITransport(asgi_app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            fake.webhooks.deliver_to(client)
            webview = fake.call("/connect_webviews/create")["connect_webview"]
            with pytest.raises(MisuseError, match="await fake.aio.fail_connect_webview"):
                fake.fail_connect_webview(webview)
            await fake.aio.fail_connect_webview(webview)

    asyncio.run(story())
    fake.webhooks.assert_all_delivered()


APPS = [Starlette(), flask.Flask("app"), flask.Flask("app").wsgi_app]


@pytest.mark.parametrize("given", [None, "client", 200, object(), httpx.Client, Client, *APPS])
def test_anything_else_is_misuse(fake, given):
    with pytest.raises(MisuseError, match="a test client .* or a function of one delivery"):
        fake.webhooks.deliver_to(given)


@pytest.mark.usefixtures("webhook")
@pytest.mark.parametrize("kind", [mock.Mock, mock.MagicMock, mock.AsyncMock])
def test_a_mock_is_a_function_though_it_has_every_method(fake, fail_login, kind):
    spy = kind(return_value=204)
    fake.webhooks.deliver_to(spy)
    fail_login()

    (delivery,) = spy.call_args.args
    assert delivery.event["event_type"] == "connect_webview.login_failed"
    fake.webhooks.assert_all_delivered()


def test_a_url_that_is_no_text_is_misuse(fake):
    with pytest.raises(MisuseError, match=r"deliver_to\(url=5\): give a webhook's URL"):
        fake.webhooks.deliver_to(lambda delivery: 200, url=5)

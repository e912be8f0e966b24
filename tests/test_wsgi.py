"""``fakeseam.wsgi:app`` for WSGI servers: made when it is read, with a fake for each key."""

from __future__ import annotations

import subprocess
import sys
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import httpx
import pytest
from seam import Seam
from werkzeug.test import Client

import fakeseam.wsgi


@pytest.fixture
def app(monkeypatch):
    monkeypatch.delitem(vars(fakeseam.wsgi), "app", raising=False)
    return fakeseam.wsgi.app


def headers(key):
    return {"Authorization": f"Bearer {key}"}


def test_it_is_made_when_it_is_first_read():
    code = """
import sys, fakeseam.wsgi
assert "fakeseam.fake" not in sys.modules
assert fakeseam.wsgi.app is fakeseam.wsgi.app
assert "fakeseam.fake" in sys.modules
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_each_key_has_a_fake_of_its_own(app):
    client = Client(app)
    made = client.post("/connect_webviews/create", headers=headers("seam_fake_1"))

    listed = [
        client.get("/connect_webviews/list", headers=headers(f"seam_fake_{name}")).get_json()
        for name in (1, 2)
    ]

    assert listed[0]["connect_webviews"] == [made.get_json()["connect_webview"]]
    assert listed[1]["connect_webviews"] == []


def test_the_sdk_reaches_it_over_a_server_of_the_standard_library(app):
    class Quiet(WSGIRequestHandler):
        def log_message(self, *_):
            pass

    with make_server("127.0.0.1", 0, app, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            url = f"http://127.0.0.1:{server.server_port}"
            with Seam("seam_fake_1", endpoint=url) as seam:
                webview = seam.connect_webviews.create()
            with httpx.Client(headers=headers("seam_fake_1")) as client:
                complete = f"{url}/_fakeseam/complete_connect_webview"
                sent = {"connect_webview_id": webview.connect_webview_id}
                assert client.post(complete, json=sent).status_code == 200
        finally:
            server.shutdown()
            thread.join()

    assert webview.url.startswith(f"{url}/connect_webviews/view?")


def test_another_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="'fakeseam.wsgi' has no attribute 'application'"):
        getattr(fakeseam.wsgi, "application")

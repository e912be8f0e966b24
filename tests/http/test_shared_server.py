"""One server for many tests: each request reaches the fake of that moment."""

from __future__ import annotations

import os
import threading
import warnings

import httpx
import pytest

from fakeseam import FakeSeam
from fakeseam.http.shared_server import SharedServer
from tests.forks import forks, in_child

LIST = "/connect_webviews/list"


def workspace_id(url, fake):
    headers = {"Authorization": f"Bearer {fake.api_key}"}
    return httpx.post(f"{url}/workspaces/get", headers=headers).json()["workspace"]["workspace_id"]


@pytest.fixture
def current():
    """The fakes of these tests, the current one last."""
    return []


@pytest.fixture
def server(current):
    server = SharedServer(lambda: current[-1] if current else None)
    yield server
    server.close()


def test_each_request_reaches_the_fake_of_that_moment(server, current):
    for seed in (1, 2):
        with FakeSeam(seed=seed) as fake:
            current.append(fake)
            assert workspace_id(server.url, fake) == fake.workspace_id


def test_between_two_tests_the_response_is_a_401(server):
    response = httpx.post(f"{server.url}{LIST}")

    assert (response.status_code, response.headers["seam-request-id"]) == (401, "request0")
    assert response.json() == {
        "error": {"type": "unauthorized", "message": "no test is running"},
        "ok": False,
    }


def test_a_server_that_nobody_called_is_closed_without_a_thread():
    before = threading.active_count()
    server = SharedServer(lambda: None)
    assert threading.active_count() == before + 1

    server.close()

    assert threading.active_count() == before


@forks
@pytest.mark.parametrize("has_started", [False, True])
def test_closing_is_harmless_in_a_child(server, has_started):
    if has_started:
        httpx.post(f"{server.url}{LIST}")

    assert in_child(server.close) == "None"
    assert httpx.post(f"{server.url}{LIST}").status_code == 401


@forks
def test_a_child_that_goes_on_does_not_keep_the_server_from_closing():
    server = SharedServer(lambda: None)
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # this process has threads
        child = os.fork()
    if child == 0:
        os.close(writing)
        os.read(reading, 1)
        os._exit(0)

    server.close()

    os.close(writing)
    os.close(reading)
    os.waitpid(child, 0)

"""httpx in this process: which requests a fake answers, and what is left of it afterwards."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading

import httpx
import httpx_retries
import pytest
from httpx_retries import Retry, RetryTransport

from fakeseam import FakeSeam
from fakeseam.sdk.interception import SEAM_URL, Interception, origin_of
from tests.sdk.interceptions import BEFORE, URL, answering, get, methods

pytestmark = pytest.mark.usefixtures("left_as_it_was")


# Which requests


def test_a_request_to_its_url_is_answered_by_the_fake(fake, elsewhere):
    with answering(fake):
        response = get(f"{URL}/connect_webviews/list")

    assert (response.status_code, elsewhere) == (401, [])
    fake.requests.assert_called("GET /connect_webviews/list", times=1)


def test_so_is_one_of_an_asynchronous_client(fake, elsewhere):
    async def get():
        async with httpx.AsyncClient() as client:
            return await client.get(f"{URL}/health"), await client.get("http://other.test/")

    with answering(fake):
        own, other = asyncio.run(get())

    assert (own.status_code, other.status_code, elsewhere) == (200, 204, ["http://other.test/"])


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"]
)
def test_the_names_of_the_loopback_host_are_one(fake, elsewhere, url):
    with answering(fake):
        assert get(f"{url}/health").status_code == 200

    assert elsewhere == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8001/health",
        "https://127.0.0.1:8000/health",
        "http://other.test:8000/health",
        "http://127.0.0.1/health",
    ],
)
def test_another_scheme_host_or_port_is_another_server(fake, elsewhere, url):
    with answering(fake):
        assert get(url).status_code == 204

    assert elsewhere == [url]


@pytest.mark.parametrize("url", ["", "localhost:8000", "http://a:b", "unix:/tmp/x", "http://"])
def test_what_is_not_a_url_has_no_origin(url):
    assert origin_of(url) is None


def test_a_default_port_may_be_left_out():
    assert origin_of("https://Connect.GetSeam.com") == origin_of(f"{SEAM_URL}:443/x")


def test_a_client_that_was_made_before_is_answered_too(fake, elsewhere):
    with httpx.Client() as client, answering(fake):
        assert client.get(f"{URL}/health").status_code == 200


def test_a_client_with_a_transport_of_its_own_kind_is_not(fake):
    transport = httpx.MockTransport(lambda request: httpx.Response(204))

    with answering(fake), httpx.Client(transport=transport) as client:
        assert client.get(f"{URL}/health").status_code == 204


def test_a_proxy_is_not_used(fake, elsewhere, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.test:3128")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.test:3128")

    with answering(fake, URL, SEAM_URL):
        assert get().status_code == 200
        assert get(f"{SEAM_URL}/health").status_code == 200

    assert elsewhere == []


def test_without_a_current_fake_the_response_is_that_no_test_runs(elsewhere):
    async def get_async():
        async with httpx.AsyncClient() as client:
            return await client.get(URL)

    with Interception(lambda: None, served=[URL]):
        responses = [get(), asyncio.run(get_async())]

    for response in responses:
        assert (response.status_code, response.headers["seam-request-id"]) == (401, "request0")
        assert response.json()["error"]["message"] == "no test is running"


def test_the_fake_is_looked_up_at_each_request():
    with FakeSeam() as one, FakeSeam() as other:
        current = [one]
        with Interception(lambda: current[-1], served=[URL]):
            get(f"{URL}/devices/list")
            current.append(other)
            get(f"{URL}/devices/get")

    assert [str(request) for fake in (one, other) for request in fake.requests] == [
        "401 GET /devices/list (unauthorized)",
        "401 GET /devices/get (unauthorized)",
    ]


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_interceptions_the_later_answers_until_it_is_closed(fake, elsewhere, first):
    with FakeSeam() as later:
        both = [answering(fake), answering(later)]
        for one in both:
            one.start()
        get(f"{URL}/devices/list")
        both.pop(first).close()
        get(f"{URL}/devices/get")
        both.pop().close()

    assert len(later.requests) == 1 + (first == 0)
    assert len(fake.requests) == (first == 1)


# The pauses of retries


@pytest.fixture
def slept(monkeypatch):
    """The pauses that would really be made."""
    seconds = []

    async def asleep(pause):
        seconds.append(pause)

    monkeypatch.setattr("httpx_retries.retry.time.sleep", seconds.append)
    monkeypatch.setattr("httpx_retries.retry.asyncio.sleep", asleep)
    return seconds


def retrying():
    return RetryTransport(retry=Retry(total=1, backoff_factor=1))


@pytest.mark.parametrize("fault", [{"status": 503, "retry_after": 4}, {"kind": "reset"}])
def test_a_retry_of_its_request_pauses_on_the_fakes_clock(slept, fault):
    with FakeSeam(now="2026-01-01") as fake, answering(fake):
        fake.faults.add("/devices/list", **fault)
        with httpx.Client(transport=retrying()) as client:
            client.get(f"{URL}/devices/list")

        paused = fake.clock.now.second
    assert (slept, paused) == ([], fault.get("retry_after", 2))


def test_an_asynchronous_retry_does_too(slept):
    async def get():
        async with httpx.AsyncClient(transport=retrying()) as client:
            await client.get(f"{URL}/devices/list")

    with FakeSeam(now="2026-01-01") as fake, answering(fake):
        fake.faults.add("/devices/list", status=503, retry_after=4)
        asyncio.run(get())

        paused = fake.clock.now.second
    assert (slept, paused) == ([], 4)


def test_retries_of_other_servers_really_pause(fake, slept, monkeypatch):
    answered = []

    def handle_request(transport, request):
        answered.append(request)
        return httpx.Response(503 if len(answered) % 2 else 200, headers={"Retry-After": "7"})

    async def handle_async_request(transport, request):
        return handle_request(transport, request)

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", handle_request)
    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", handle_async_request)

    async def get_async():
        async with httpx.AsyncClient(transport=retrying()) as client:
            await client.get("http://other.test")

    with answering(fake):
        with httpx.Client(transport=retrying()) as client:
            client.get("http://other.test")
        asyncio.run(get_async())

    assert slept == [7, 7]


def test_a_server_that_the_fake_redirects_to_keeps_its_pauses(fake, slept, monkeypatch):
    def fail(transport, request):
        raise httpx.ConnectError("refused", request=request)

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", fail)
    request = httpx.Request("GET", f"{URL}/health")
    with answering(fake), httpx.Client(transport=retrying()) as client:
        client.send(request)
        request.url = httpx.URL("http://other.test")
        with pytest.raises(httpx.ConnectError):
            client.send(request)

    assert len(slept) == 1


# What is left of it


def test_httpx_is_left_as_it_was_after_an_error(fake):
    with pytest.raises(ZeroDivisionError), answering(fake):
        assert methods() != BEFORE
        1 / 0

    assert methods() == BEFORE


def test_closing_twice_is_harmless(fake):
    with answering(fake) as interception:
        interception.close()
        assert methods() == BEFORE


def test_threads_that_send_meanwhile_change_nothing(fake, elsewhere):
    patched = methods()
    stop, statuses = threading.Event(), set()

    def hammer():
        while not stop.is_set():
            statuses.add(get().status_code)

    threads = [threading.Thread(target=hammer) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(100):
        with answering(fake):
            pass
    stop.set()
    for thread in threads:
        thread.join()

    assert statuses <= {200, 204}
    assert methods() == patched


def test_threads_that_intercept_at_once_leave_nothing(elsewhere):
    patched = methods()

    def intercept():
        for _ in range(50):
            with FakeSeam() as fake, answering(fake):
                pass

    threads = [threading.Thread(target=intercept) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert methods() == patched


# httpx is imported by the app alone

IMPORTED_LATER = """
import sys
from fakeseam import FakeSeam
from fakeseam.sdk.interception import Interception

finders = list(sys.meta_path)
fake = FakeSeam()
with Interception(lambda: fake, served=["http://127.0.0.1:9"]):
    assert "httpx" not in sys.modules
    import httpx, httpx_retries
    assert httpx.get("http://localhost:9/health").status_code == 200
    assert "exec_module" not in vars(httpx.__spec__.loader)
    sleep = httpx_retries.Retry.sleep
assert httpx_retries.Retry.sleep is not sleep
assert sys.meta_path == finders
"""


def test_an_import_of_httpx_during_an_interception_is_answered_too():
    subprocess.run([sys.executable, "-W", "error", "-c", IMPORTED_LATER], check=True)


def test_httpx_retries_may_be_missing(fake, monkeypatch):
    monkeypatch.delitem(sys.modules, httpx_retries.__name__)

    with answering(fake):
        assert get().status_code == 200

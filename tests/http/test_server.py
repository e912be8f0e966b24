"""A live server in a thread: it responds when it starts, and ends at once when it stops."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from fakeseam import FakeSeam, MisuseError
from fakeseam.http import server as server_module
from fakeseam.http.server import Server, listen
from fakeseam.http.wire import Response

LONG = 60  # seconds of real time: more than a wait should take


@pytest.fixture
def server(fake):
    with fake.serve() as server:
        yield server


@pytest.fixture
def connection(server):
    with closing(connect(server)) as connection:
        yield connection


def connect(server):
    return http.client.HTTPConnection("127.0.0.1", server.port)


def send(connection, method, path, key=None, **sent):
    headers = sent.pop("headers", {}) | ({"Authorization": f"Bearer {key}"} if key else {})
    connection.request(method, path, headers=headers, **sent)
    response = connection.getresponse()
    return response, response.read()


def make_webview(server, key):
    with closing(connect(server)) as connection:
        _, body = send(connection, "POST", "/connect_webviews/create", key)
    return json.loads(body)["connect_webview"]["connect_webview_id"]


def has_ended(connection):
    """Whether the server closed the connection; unread bytes make that a reset."""
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def test_a_server_responds_as_soon_as_it_has_started(connection):
    response, body = send(connection, "GET", "/health")

    assert (response.status, body) == (200, b'{"ok":true}')


def test_a_server_knows_its_address(server):
    assert server.url == f"http://127.0.0.1:{server.port}"
    assert server.port > 0


def test_a_server_at_every_address_is_reached_at_the_loopback(fake):
    with fake.serve(host="0.0.0.0") as server:
        assert server.url == f"http://127.0.0.1:{server.port}"


def test_a_server_listens_at_the_given_port(fake):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    with fake.serve(port=port) as server, closing(connect(server)) as connection:
        assert server.port == port
        assert send(connection, "GET", "/health")[0].status == 200


def test_a_connection_is_kept_for_several_requests(connection, fake):
    send(connection, "GET", "/health")
    first = connection.sock

    for method, path in [
        ("POST", "/connect_webviews/create"),
        ("GET", "/connect_webviews/list"),
        ("GET", "/nowhere"),
        ("HEAD", "/connect_webviews/list"),
        ("OPTIONS", "/connect_webviews/list"),
        ("GET", "/health"),
    ]:
        send(connection, method, path, fake.api_key)

    assert connection.sock is first


def test_a_response_has_one_date_and_it_is_the_fakes(connection):
    response, _ = send(connection, "GET", "/health")

    assert response.headers.get_all("Date") == ["Thu, 01 Jan 2026 12:00:00 GMT"]


def test_a_body_may_come_in_chunks(connection, fake):
    response, body = send(
        connection,
        "POST",
        "/connect_webviews/create",
        fake.api_key,
        headers={"Content-Type": "application/json"},
        body=iter([b'{"custom_metadata":', b'{"user":"u1"}}']),
    )

    assert response.status == 200
    assert json.loads(body)["connect_webview"]["custom_metadata"] == {"user": "u1"}


def test_calls_in_process_return_the_address_of_the_running_server(server, fake):
    created = fake.call("/connect_webviews/create")["connect_webview"]

    assert created["url"].startswith(f"{server.url}/connect_webviews/view?")


def test_the_sdk_in_process_returns_the_address_of_the_running_server(server, fake):
    with fake.client() as seam:
        webview = seam.connect_webviews.create()

    assert webview.url.startswith(f"{server.url}/connect_webviews/view?")


def test_the_address_is_forgotten_when_the_server_stops(fake):
    with fake.serve():
        created = fake.call("/connect_webviews/create")["connect_webview"]

    sent = {"connect_webview_id": created["connect_webview_id"]}
    found = fake.call("/connect_webviews/get", sent)
    assert found["connect_webview"]["url"].startswith("http://fakeseam/connect_webviews/view?")


def test_a_webview_created_over_a_socket_is_listed_in_process(server, fake):
    webview_id = make_webview(server, fake.api_key)

    listed = fake.call("/connect_webviews/list")["connect_webviews"]

    assert [webview["connect_webview_id"] for webview in listed] == [webview_id]


def test_sixteen_threads_at_once_create_sixteen_webviews(server, fake):
    together = threading.Barrier(16)

    def make(_):
        together.wait()
        return make_webview(server, fake.api_key)

    with ThreadPoolExecutor(16) as threads:
        created = set(threads.map(make, range(16)))

    listed = fake.call("/connect_webviews/list")["connect_webviews"]
    assert len(created) == 16
    assert {webview["connect_webview_id"] for webview in listed} == created


def test_twenty_servers_with_a_connection_kept_open_leave_no_thread(fake):
    before = threading.active_count()

    for _ in range(20):
        with fake.serve() as server:
            connection = connect(server)
            send(connection, "GET", "/health")
        connection.close()

    assert threading.active_count() == before


def test_a_server_stops_while_connections_are_idle(fake):
    with fake.serve() as server:
        idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(5)]

    for one in idle:
        with one:
            assert has_ended(one)


def test_a_server_stops_in_the_middle_of_a_request(fake):
    with fake.serve() as server:
        half = socket.create_connection(("127.0.0.1", server.port))
        half.sendall(b"POST /connect_webviews/create HTTP/1.1\r\nContent-Length: 10\r\n\r\n{")

    with half:
        assert has_ended(half)


def test_connections_are_refused_after_a_server_has_stopped(fake):
    with fake.serve() as server:
        pass

    with closing(connect(server)) as connection, pytest.raises(ConnectionRefusedError):
        send(connection, "GET", "/health")


def test_a_fake_is_served_again_at_the_same_port(fake):
    with fake.serve() as server, closing(connect(server)) as connection:
        send(connection, "GET", "/health")

    with fake.serve(port=server.port) as again, closing(connect(again)) as connection:
        assert send(connection, "GET", "/health")[0].status == 200


def test_a_server_stops_when_the_test_fails(fake):
    before = threading.active_count()

    with pytest.raises(ZeroDivisionError), fake.serve():
        raise ZeroDivisionError

    assert threading.active_count() == before
    assert fake.address == "http://fakeseam"


def test_a_port_in_use_is_misuse(fake):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(MisuseError, match=f"port {port}"), fake.serve(port=port):
            pass


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_out_of_range_is_misuse(fake, port):
    with pytest.raises(MisuseError), fake.serve(port=port):
        pass


def test_serving_a_fake_twice_at_a_time_is_misuse(server, fake):
    with pytest.raises(MisuseError, match=server.url), fake.serve():
        pass


def test_a_refused_second_server_leaves_the_first_running(server, connection, fake):
    with pytest.raises(MisuseError), fake.serve():
        pass

    assert send(connection, "GET", "/health")[0].status == 200
    assert fake.address == server.url


def test_two_fakes_are_served_side_by_side(server, fake):
    with FakeSeam(seed=1) as other, other.serve() as elsewhere:
        make_webview(elsewhere, other.api_key)

    assert fake.call("/connect_webviews/list")["connect_webviews"] == []


def wait_at(server, statuses):
    connection = http.client.HTTPConnection(server.host, server.port)
    body = json.dumps({"route": "/devices/list", "timeout": 10**9})
    headers = {"Content-Type": "application/json"}
    connection.request("POST", "/_fakeseam/requests/wait_for", body, headers)
    statuses.append(connection.getresponse().status)
    connection.close()


def test_a_pending_wait_over_http_ends_when_the_server_stops():
    statuses, waits = [], threading.Event()
    with FakeSeam() as fake:
        read = fake._engine.notifier.read

        def read_and_signal(look):
            found = read(look)
            waits.set()
            return found

        fake._engine.notifier.read = read_and_signal
        with fake.serve() as server:
            thread = threading.Thread(target=wait_at, args=(server, statuses), daemon=True)
            thread.start()
            assert waits.wait(LONG)
        thread.join(LONG)

        assert statuses == [400]
        fake.call("/devices/list")
        fake.requests.wait_for("/devices/list")


# Limits


def respond(request):
    return Response(200, {}, b"yes")


def asks(server):
    """A client's connection on which a request was sent."""
    connection = socket.create_connection((server.host, server.port), LONG)
    connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    return connection


def test_a_connection_beyond_the_limit_waits_until_another_one_ends(monkeypatch):
    monkeypatch.setattr(server_module, "MAX_CONNECTIONS", 2)
    with Server(respond, listen()) as server:
        first, second, third = asks(server), asks(server), asks(server)
        with first, second, third:
            assert first.recv(12) == second.recv(12) == b"HTTP/1.1 200"
            third.settimeout(0.05)
            with pytest.raises(TimeoutError):
                third.recv(12)

            first.close()
            third.settimeout(LONG)
            assert third.recv(12) == b"HTTP/1.1 200"


def test_a_server_at_its_limit_stops(monkeypatch):
    monkeypatch.setattr(server_module, "MAX_CONNECTIONS", 1)
    with Server(respond, listen()) as server, asks(server) as first, asks(server):
        assert first.recv(12) == b"HTTP/1.1 200"


def test_a_process_that_may_start_no_thread_answers_the_next_connection(monkeypatch):
    """Python raises this error where the system refuses a thread."""
    start, refused = threading.Thread.start, []

    def refuse_one(thread):
        if thread.name == "fakeseam-connection" and not refused:
            refused.append(thread)
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", refuse_one)
    with Server(respond, listen()) as server:
        with asks(server) as first:
            assert has_ended(first)
        with asks(server) as second:
            assert second.recv(12) == b"HTTP/1.1 200"


def test_a_process_that_may_open_no_more_files_answers_when_it_may_again():
    code = """
import os, resource, socket
from fakeseam import FakeSeam

with FakeSeam() as fake, fake.serve() as server:
    first = socket.create_connection((server.host, server.port))
    first.sendall(b"GET /health HTTP/1.1\\r\\n\\r\\n")
    assert first.recv(12) == b"HTTP/1.1 200"
    second = socket.socket()
    kept = os.open(os.devnull, os.O_RDONLY)
    resource.setrlimit(resource.RLIMIT_NOFILE, (kept + 1, kept + 1))
    second.connect((server.host, server.port))
    second.sendall(b"GET /health HTTP/1.1\\r\\n\\r\\n")
    second.settimeout(0.2)
    try:
        print(second.recv(12))
    except TimeoutError:
        print("nothing")
    os.close(kept)
    second.settimeout(20)
    print(second.recv(12))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert (run.stdout, run.stderr) == ("nothing\nb'HTTP/1.1 200'\n", "")

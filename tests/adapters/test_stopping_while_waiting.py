"""A server that is told to stop waits for nobody who waits at it."""

from __future__ import annotations

import json
import threading
from http.client import HTTPConnection

from fakeseam import FakeSeam

LONG = 60  # of real time: longer than this should take


def wait_at(server, answers, looked):
    connection = HTTPConnection(server.host, server.port)
    body = json.dumps({"route": "/devices/list", "timeout": 10**9})
    headers = {"Content-Type": "application/json"}
    connection.request("POST", "/_fakeseam/requests/wait_for", body, headers)
    looked.set()
    answers.append(connection.getresponse().status)
    connection.close()


def test_a_pending_wait_over_http_ends_when_the_server_stops():
    answers, asked = [], threading.Event()
    with FakeSeam() as fake:
        waits = threading.Event()
        look = fake._lookout.look

        def looks(at):
            seen = look(at)
            waits.set()
            return seen

        fake._lookout.look = looks
        with fake.serve() as server:
            thread = threading.Thread(target=wait_at, args=(server, answers, asked), daemon=True)
            thread.start()
            assert waits.wait(LONG)
        thread.join(LONG)

        assert answers == [400]  # it did not come to be
        fake.call("/devices/list")
        fake.requests.wait_for("/devices/list")

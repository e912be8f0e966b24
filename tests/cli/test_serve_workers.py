"""``fakeseam serve`` and ``exec`` with several workers: a fake for each key ``seam_fake_NAME``."""

from __future__ import annotations

import json
import signal
import socket
import sys

from fakeseam import FakeSeam

ONE, TWO = "seam_fake_1", "seam_fake_2"
HOTEL = {"fakeseam_seed": 1, "steps": [{"connect_account": {"email": "jane@example.com"}}]}
TWO_WORKERS = """
import json, os
from urllib.request import Request, urlopen

def call(key, path):
    headers = {"Authorization": "Bearer " + key, "Content-Type": "application/json"}
    with urlopen(Request(os.environ["SEAM_ENDPOINT"] + path, b"{}", headers)) as response:
        return json.load(response)

call("seam_fake_1", "/_fakeseam/connect_account")
keys = ["seam_fake_1", "seam_fake_2", os.environ["SEAM_API_KEY"]]
print([len(call(key, "/connected_accounts/list")["connected_accounts"]) for key in keys])
"""


def emails(serving, key):
    status, body = serving.call("/connected_accounts/list", key=key)
    assert status == 200
    return [account["user_identifier"]["email"] for account in body["connected_accounts"]]


def test_two_workers_of_one_command_do_not_see_each_other(command):
    done = command("exec", "--", sys.executable, "-c", TWO_WORKERS)

    assert (done.stdout, done.stderr) == ("[1, 0, 0]\n", "")


def test_two_workers_of_one_server_do_not_see_each_other(serve):
    serving = serve()

    serving.call("/_fakeseam/connect_account", {"email": "jane@example.com"}, key=ONE)
    serving.call("/_fakeseam/connect_account", {"email": "joe@example.com"}, key=TWO)

    found = {key: emails(serving, key) for key in (ONE, TWO, serving.key)}
    assert found == {ONE: ["jane@example.com"], TWO: ["joe@example.com"], serving.key: []}


def test_each_fake_begins_with_the_loaded_files_the_rules_and_the_base_url(serve, tmp_path):
    (tmp_path / "hotel.json").write_text(json.dumps(HOTEL))
    options = ("--rule", "lenient_ids=true", "--base-url", "http://seam-fake:4000")
    serving = serve("--load", "hotel.json", *options)

    for key in (ONE, TWO):
        assert emails(serving, key) == ["jane@example.com"]
        _, created = serving.call("/connect_webviews/create", key=key)
        assert created["connect_webview"]["url"].startswith("http://seam-fake:4000/")
        status, _ = serving.call(
            "/connected_accounts/get", {"connected_account_id": "mine"}, key=key
        )
        assert status == 404


def test_each_fake_begins_with_the_loaded_dump_under_its_own_key(serve, tmp_path):
    with FakeSeam() as fake:
        fake.connect_account(email="jane@example.com")
        fake.dump(tmp_path / "state.json")
    serving = serve("--load", "state.json")

    assert serving.key == fake.api_key
    for key in (ONE, TWO, serving.key):
        assert emails(serving, key) == ["jane@example.com"]


def test_a_function_that_fails_for_one_fake_is_an_error_of_its_requests(serve, tmp_path):
    (tmp_path / "hotel.py").write_text(
        "def check_in(fake):\n    if fake.api_key == 'seam_fake_2': raise KeyError('room')\n"
    )
    serving = serve("--load", "hotel:check_in")

    status, body = serving.call("/devices/list", key=TWO)

    assert (status, body["error"]["type"]) == (400, "fakeseam_misuse")
    assert body["error"]["message"] == "The fake '2' could not be loaded: KeyError('room')"
    assert serving.call("/devices/list", key=ONE)[0] == 200


def test_a_signal_stops_the_server_while_a_client_waits_for_an_event_of_a_named_fake(serve):
    serving = serve()
    wait = "/_fakeseam/events/wait_for?event_type=device.added&timeout=3600"
    headers = f"Host: localhost\r\nAuthorization: Bearer {ONE}\r\n"
    with socket.create_connection(("127.0.0.1", serving.port)) as connection:
        connection.sendall(f"GET {wait} HTTP/1.1\r\n{headers}\r\n".encode())
        assert serving.call("/health", key=ONE)[0] == 200  # by then the other is in progress

        code, rest = serving.stop(signal.SIGTERM)

    assert (code, rest) == (0, "")
    assert "Traceback" not in serving.errors.read_text()

"""``fakeseam serve``: when it is ready, how it ends, what it prints."""

from __future__ import annotations

import re
import signal
import socket

import pytest

from fakeseam import FakeSeam

STOPS = [signal.SIGTERM, signal.SIGINT]
LINE = re.compile(r"[A-Z]+ [!-~]+ \d{3} \d+\.\d+ ms request\d+")


def create_webview(serving, **params):
    status, body = serving.call("/connect_webviews/create", params)
    assert status == 200
    return body["connect_webview"]


def test_one_line_has_the_url_and_the_key(serving):
    assert re.fullmatch(
        r"fakeseam ready at http://127\.0\.0\.1:\d+ with key seam_\w+\n", serving.line
    )


def test_nothing_else_is_printed_on_standard_output(serve):
    serving = serve()
    create_webview(serving)

    _, rest = serving.stop(signal.SIGTERM)

    assert rest == ""


def test_it_responds_as_soon_as_the_line_is_printed(serve):
    serving = serve()

    status, body = serving.call("/connect_webviews/list")

    assert status == 200
    assert body["connect_webviews"] == []


def test_the_health_check_needs_no_parameters(serving):
    assert serving.call("/health", method="GET") == (200, {"ok": True})


def test_urls_in_responses_begin_with_the_given_base_url(serve):
    serving = serve("--base-url", "http://seam:8000")

    assert create_webview(serving)["url"].startswith("http://seam:8000/connect_webviews/view?")


def test_urls_in_responses_lead_back_to_it(serving):
    webview = create_webview(serving)

    assert webview["url"].startswith(f"{serving.url}/")


def test_control_endpoints_are_called_over_http(serving):
    webview = create_webview(serving, custom_metadata={"user": "u1"})

    status, body = serving.call(
        "/_fakeseam/complete_connect_webview",
        {"connect_webview_id": webview["connect_webview_id"]},
    )

    assert status == 200
    assert body["connected_account"]["custom_metadata"] == {"user": "u1"}


def test_two_servers_share_no_state(serve):
    one, other = serve(), serve()

    create_webview(one)

    assert one.port != other.port
    assert other.call("/connect_webviews/list")[1]["connect_webviews"] == []


@pytest.mark.parametrize("number", STOPS)
def test_a_signal_stops_it_with_exit_code_0(serve, number):
    serving = serve()

    code, rest = serving.stop(number)

    assert (code, rest) == (0, "")
    assert serving.errors.read_text() == ""


def test_a_signal_stops_it_while_a_client_waits_for_an_event(serve):
    serving = serve()
    wait = "/_fakeseam/events/wait_for?event_type=device.added&timeout=3600"
    with socket.create_connection(("127.0.0.1", serving.port)) as connection:
        connection.sendall(f"GET {wait} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert serving.call("/health")[0] == 200  # by then the other request is in progress

        code, _ = serving.stop(signal.SIGTERM)

    assert code == 0
    assert "Traceback" not in serving.errors.read_text()


@pytest.mark.parametrize("number", STOPS)
def test_a_signal_stops_it_while_a_client_keeps_its_connection_open(serve, number):
    serving = serve()
    with socket.create_connection(("127.0.0.1", serving.port)) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert connection.recv(12) == b"HTTP/1.1 200"

        code, _ = serving.stop(number)

    assert code == 0
    assert "Traceback" not in serving.errors.read_text()


def test_its_port_is_free_again_afterwards(serve):
    serving = serve()
    port = serving.port
    serving.stop(signal.SIGTERM)

    again = serve("--port", port)

    assert again.port == port


def test_a_used_port_is_a_message_and_exit_code_2(command):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        done = command("serve", "--port", port)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"fakeseam: Cannot listen at 127.0.0.1 port {port} (Address already in use):"
        " another process listens there. Stop it, or use port 0 for any free port.\n"
    )


@pytest.mark.parametrize(
    ("host", "advice"),
    [
        (
            "192.0.2.1",
            "that address does not belong to this machine. Use 127.0.0.1, or 0.0.0.0 for all its"
            " addresses.",
        ),
        (
            "nobody.invalid",
            "that host name is unknown. Use 127.0.0.1, or 0.0.0.0 for all addresses of this"
            " machine.",
        ),
    ],
)
def test_a_host_that_is_not_this_machines_is_a_message(run_main, host, advice):
    done = run_main("serve", "--host", host)

    assert (done.returncode, done.stdout) == (2, "")
    assert f"Cannot listen at {host} port 0" in done.stderr
    assert advice in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_invalid_port_is_a_message(run_main):
    done = run_main("serve", "--port", 70000)

    assert done.returncode == 2
    assert done.stderr == (
        "fakeseam: 70000 is not a port. Use a number up to 65535, or 0 for any free port.\n"
    )


def test_a_rule_takes_effect(serve, tmp_path):
    fake = FakeSeam()
    account = fake.connect_account(custom_metadata={"kept": "yes"})
    fake.dump(tmp_path / "state.json")
    serving = serve("--load", "state.json", "--rule", "metadata_update=merge")

    serving.call(
        "/connected_accounts/update",
        {
            "connected_account_id": account["connected_account_id"],
            "custom_metadata": {"new": "yes"},
        },
    )

    _, body = serving.call("/connected_accounts/list")
    (updated,) = body["connected_accounts"]
    assert updated["custom_metadata"] == {"kept": "yes", "new": "yes"}


def test_rules_may_be_given_one_after_the_other(serve):
    serving = serve("--rule", "lenient_ids=true", "--rule", "defer_sync=True")

    status, body = serving.call("/connect_webviews/get", {"connect_webview_id": "my_webview"})

    assert (status, body["error"]["type"]) == (404, "connect_webview_not_found")


def test_an_unknown_rule_is_a_message_that_names_the_rules(run_main):
    done = run_main("serve", "--rule", "metadata=merge")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "fakeseam: There is no rule 'metadata'. Choose one of blank_metadata_on_reconnect, "
        "metadata_update, defer_sync, lenient_ids, device_delay, expired_access_codes, "
        "rate_limits.\n"
    )


@pytest.mark.parametrize(
    ("rule", "choices"),
    [
        ("metadata_update=mix", "replace, merge"),
        ("metadata_update", "replace, merge"),
        ("blank_metadata_on_reconnect=", "clear, keep"),
        ("defer_sync=1", "false, true"),
        ("lenient_ids=yes", "false, true"),
    ],
)
def test_an_unknown_value_of_a_rule_is_a_message_that_names_the_choices(run_main, rule, choices):
    done = run_main("serve", "--rule", rule)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f"choose one of {choices}\n")


def test_each_request_is_one_line_on_standard_error(serving, logged):
    serving.call("/connect_webviews/create")
    serving.call("/connect_webviews/get", {"connect_webview_id": "none"})
    serving.call("/health?a=b", method="GET")

    lines = logged()
    assert all(LINE.fullmatch(line) for line in lines)
    assert [line.split()[:3] for line in lines] == [
        ["POST", "/connect_webviews/create", "200"],
        ["POST", "/connect_webviews/get", "400"],
        ["GET", "/health", "200"],
    ]


def test_requests_are_numbered_as_in_their_responses(serving, logged):
    _, body = serving.call("/connect_webviews/get", {"connect_webview_id": "none"})

    (line,) = logged()
    assert line.split()[-1] == body["error"]["request_id"]


@pytest.mark.parametrize("path", ["/a%0Ab", "/%1B[31mred", "/%C3%A4", "/a%20b", "/%25"])
def test_a_path_is_logged_as_it_was_sent(serving, logged, path):
    status, _ = serving.call(path)

    (line,) = logged()
    assert status == 404
    assert LINE.fullmatch(line)
    assert line.split()[1] == path.replace("[", "%5B")


def test_bytes_in_a_path_that_are_no_text_are_logged_as_replaced(serving, logged):
    serving.call("/%FF")

    (line,) = logged()
    assert line.split()[1] == "/%EF%BF%BD"


def test_the_lines_have_no_key_and_no_query(serving, logged):
    serving.call("/connect_webviews/list?search=secret")

    text = "\n".join(logged())
    assert serving.key not in text
    assert "secret" not in text


def test_quiet_prints_nothing_on_standard_error(serve):
    serving = serve("--quiet")

    serving.call("/connect_webviews/create")
    serving.call("/nowhere")
    serving.stop(signal.SIGTERM)

    assert serving.errors.read_text() == ""

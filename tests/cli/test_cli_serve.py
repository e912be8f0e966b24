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


def test_one_line_says_where_it_answers_and_with_which_key(serve):
    serving = serve()

    assert re.fullmatch(
        r"fakeseam ready at http://127\.0\.0\.1:\d+ with key seam_\w+\n", serving.said
    )


def test_nothing_else_is_printed_on_standard_output(serve):
    serving = serve()
    create_webview(serving)

    _, rest = serving.stop(signal.SIGTERM)

    assert rest == ""


def test_it_answers_as_soon_as_the_line_is_there(serve):
    serving = serve()

    status, body = serving.call("/connect_webviews/list")

    assert status == 200
    assert body["connect_webviews"] == []


def test_the_health_check_needs_no_parameters(serve):
    assert serve().call("/health", method="GET") == (200, {"ok": True})


def test_urls_in_answers_begin_as_they_are_told_to(serve):
    serving = serve("--base-url", "http://seam:8000")

    assert create_webview(serving)["url"].startswith("http://seam:8000/connect_webviews/view?")


def test_urls_in_answers_lead_back_to_it(serve):
    serving = serve()

    webview = create_webview(serving)

    assert webview["url"].startswith(f"{serving.url}/")


def test_levers_are_pulled_over_http(serve):
    serving = serve()
    webview = create_webview(serving, custom_metadata={"user": "u1"})

    status, body = serving.call(
        "/_fakeseam/complete_connect_webview",
        {"connect_webview_id": webview["connect_webview_id"]},
    )

    assert status == 200
    assert body["connected_account"]["custom_metadata"] == {"user": "u1"}


def test_two_servers_do_not_know_of_each_other(serve):
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


def test_a_signal_stops_it_while_somebody_waits_for_what_never_comes(serve):
    serving = serve()
    wait = "/_fakeseam/events/wait_for?event_type=device.added&timeout=3600"
    with socket.create_connection(("127.0.0.1", serving.port)) as connection:
        connection.sendall(f"GET {wait} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert serving.call("/health")[0] == 200  # by then the other is being answered

        code, _ = serving.stop(signal.SIGTERM)

    assert code == 0
    assert "Traceback" not in serving.errors.read_text()


@pytest.mark.parametrize("number", STOPS)
def test_a_signal_stops_it_while_a_client_keeps_its_connection_open(serve, number):
    serving = serve()
    with socket.create_connection(("127.0.0.1", serving.port)) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: fake\r\n\r\n")
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


def test_a_port_that_is_taken_is_a_message_and_exit_code_2(command):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        done = command("serve", "--port", port)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"fakeseam: cannot listen at 127.0.0.1 port {port} (Address already in use);"
        " something else listens there: stop it, or take port 0, which is any free one\n"
    )


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("192.0.2.1", "that address is not this machine's: take 127.0.0.1, or 0.0.0.0 for all"),
        ("nobody.invalid", "take 127.0.0.1, or 0.0.0.0 for all"),
    ],
)
def test_a_host_that_is_not_this_machines_is_a_message(command, host, said):
    done = command("serve", "--host", host)

    assert (done.returncode, done.stdout) == (2, "")
    assert f"cannot listen at {host} port 0" in done.stderr
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_port_that_is_none_is_a_message(command):
    done = command("serve", "--port", 70000)

    assert done.returncode == 2
    assert done.stderr == "fakeseam: port 70000 is no port; 0 takes any free one\n"


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


def test_an_unknown_rule_is_a_message_that_names_the_rules(command):
    done = command("serve", "--rule", "metadata=merge")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "fakeseam: no rule 'metadata'; there are blank_metadata_on_reconnect, "
        "metadata_update, defer_sync, lenient_ids\n"
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
def test_an_unknown_value_of_a_rule_is_a_message_that_names_the_choices(command, rule, choices):
    done = command("serve", "--rule", rule)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f"choose one of {choices}\n")


def test_each_request_is_one_line_on_standard_error(serve):
    serving = serve()

    serving.call("/connect_webviews/create")
    serving.call("/connect_webviews/get", {"connect_webview_id": "none"})
    serving.call("/health?a=b", method="GET")

    lines = serving.errors.read_text().splitlines()
    assert all(LINE.fullmatch(line) for line in lines)
    assert [line.split()[:3] for line in lines] == [
        ["POST", "/connect_webviews/create", "200"],
        ["POST", "/connect_webviews/get", "400"],
        ["GET", "/health", "200"],
    ]


def test_requests_are_numbered_as_in_their_answers(serve):
    serving = serve()

    _, body = serving.call("/connect_webviews/get", {"connect_webview_id": "none"})

    assert serving.errors.read_text().split()[-1] == body["error"]["request_id"]


@pytest.mark.parametrize("path", ["/a%0Ab", "/%1B[31mred", "/%C3%A4", "/%FF", "/a%20b", "/%25"])
def test_a_path_is_shown_as_it_came_whatever_is_in_it(serve, path):
    serving = serve()

    status, _ = serving.call(path)

    (line,) = serving.errors.read_text().splitlines()
    assert status == 404
    assert LINE.fullmatch(line)
    assert line.split()[1] == path.replace("[", "%5B")


def test_the_lines_hold_no_key_and_no_query(serve):
    serving = serve()

    serving.call("/connect_webviews/list?search=secret")

    text = serving.errors.read_text()
    assert serving.key not in text
    assert "secret" not in text


def test_quiet_prints_nothing_on_standard_error(serve):
    serving = serve("--quiet")

    serving.call("/connect_webviews/create")
    serving.call("/nowhere")
    serving.stop(signal.SIGTERM)

    assert serving.errors.read_text() == ""

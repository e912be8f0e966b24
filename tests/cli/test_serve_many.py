"""Ten servers started at the same moment, as by as many test runs on one machine."""

from __future__ import annotations

import re
import signal

SERVERS = 10
LINE = r"fakeseam ready at http://127\.0\.0\.1:\d+ with key seam_\w+\n"


def test_ten_servers_have_ports_of_their_own_and_respond_once_they_are_ready(begin):
    begun = [begin("--port", "0") for _ in range(SERVERS)]
    running = []
    for ready in begun:
        serving = ready()
        assert re.fullmatch(LINE, serving.line), serving.errors.read_text()
        # Without a second try: a connection that is refused now is a failure.
        assert serving.call("/health", method="GET") == (200, {"ok": True})
        status, body = serving.call("/connect_webviews/create")
        assert (status, body["connect_webview"]["status"]) == (200, "pending")
        running.append(serving)
    assert len({serving.port for serving in running}) == SERVERS

    for serving in running:
        serving.process.send_signal(signal.SIGTERM)
    ends = [serving.stop(signal.SIGTERM) for serving in running]
    assert ends == [(0, "")] * SERVERS
    assert not [one for one in running if "Traceback" in one.errors.read_text()]


def test_a_port_that_several_servers_want_is_given_once(serve, run_main):
    port = serve("--port", "0").port

    for done in [run_main("serve", "--port", port) for _ in range(2)]:
        assert (done.returncode, done.stdout) == (2, "")
        assert f"port {port}" in done.stderr
        assert "port 0 for any free port" in done.stderr

"""The customer's app: its own pages, at two origins other than the fake's."""

from __future__ import annotations

import html
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

# The page writes every message that it receives into a list.
PARENT = """<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>App</title>
<h1>App</h1>
<iframe title="Connect" src="{url}" width="900" height="700"></iframe><ol></ol><script>
addEventListener("message", message => {{
  const line = document.createElement("li");
  line.textContent = JSON.stringify({{origin: message.origin, data: message.data}});
  document.querySelector("ol").append(line);
}});
</script>"""
PAGE = """<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>App</title>
<h1>Back in the app</h1>"""


class CustomerApp(ThreadingHTTPServer):
    """``/back`` is the end of a login, ``/on`` redirects to the other origin's ``/back``,
    ``/to-the-phone`` to an app's own scheme, and ``/parent`` shows ``url`` in a frame.

    ``visits`` are the opened URLs with their parameters; ``webhooks`` are the types of the
    events that were received."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.visits, self.webhooks = [], []
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.elsewhere = f"http://localhost:{self.server_port}"

    def __enter__(self):
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *exc_info):
        self.shutdown()
        self._thread.join()
        self.server_close()

    @property
    def arrivals(self):
        """The visits at the end of a login."""
        return [visit for visit in self.visits if visit[0].endswith("/back")]

    def handle_error(self, request, client_address):
        """Ignores that the browser closed the connection."""


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.webhooks.append(event["event_type"])
        self.show("seen")

    def do_GET(self):
        url = urlsplit(self.path)
        sent = dict(parse_qsl(url.query, keep_blank_values=True))
        if url.path == "/parent":
            self.show(PARENT.format(url=html.escape(sent["url"])))
            return
        origin = f"http://{self.headers['Host']}"
        self.server.visits.append((f"{origin}{url.path}", sent))
        redirects = {"/on": f"{self.server.elsewhere}/back", "/to-the-phone": "myapp://back"}
        if url.path in redirects:
            self.send_response(302)
            self.send_header("Location", f"{redirects[url.path]}?{url.query}")
            self.end_headers()
        else:
            self.show(PAGE)

    def show(self, page):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, format, *args):
        """Logs nothing."""

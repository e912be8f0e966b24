"""One POST to a receiver, as a webhook is sent: no redirects, no proxies, five seconds."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Collection, Mapping
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

__all__ = ["Connection", "WEBHOOK_TIMEOUT_S", "is_loopback"]

# Of real time, for the whole attempt. Unsourced: Seam does not say how long it waits.
WEBHOOK_TIMEOUT_S = 5.0
# How much of an answer is kept, in bytes.
MAX_ANSWER = 1000

Outcome = tuple["int | None", "str | None", "str | None"]


def is_loopback(url: str, allowed: Collection[str] = ()) -> bool:
    """Whether a URL leads to this machine, or to a host that a test has allowed."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return False
    if host is None:
        return False
    if host == "localhost" or host in allowed:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Connection:
    """An attempt at one URL. Anything that goes wrong is its outcome, never an exception."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._http: http.client.HTTPConnection | None = None
        # A reference of our own: http.client lets go of it before the answer has been read.
        self._socket: socket.socket | None = None
        self._is_cut = False

    def post(self, headers: Mapping[str, str], body: str) -> Outcome:
        """The status, the beginning of the answer, and what went wrong."""
        watch = threading.Timer(WEBHOOK_TIMEOUT_S, self.cut)
        watch.daemon = True
        watch.start()
        try:
            return self._post(headers, body)
        except Exception as exc:
            if self._is_cut:
                return None, None, f"no answer within {WEBHOOK_TIMEOUT_S:g} s"
            return None, None, repr(exc)
        finally:
            watch.cancel()
            if self._http is not None:
                self._http.close()

    def cut(self) -> None:
        """End the attempt from another thread, wherever it is."""
        self._is_cut = True
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # the other side was quicker

    def _post(self, headers: Mapping[str, str], body: str) -> Outcome:
        url = urlsplit(self._url)
        kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
        kind = kinds.get(url.scheme.lower())
        if kind is None:
            raise ValueError(f"webhooks are sent by http and https, not {url.scheme}")
        self._http = kind(url.hostname or "", url.port, timeout=WEBHOOK_TIMEOUT_S)
        self._http.connect()
        self._socket = self._http.sock
        if self._is_cut:
            raise TimeoutError
        path = quote(url.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = f"?{quote(url.query, safe='/?%:@!$&()*+,;=~-._')}" if url.query else ""
        self._http.request("POST", path + query, body.encode(), dict(headers))
        response = self._http.getresponse()
        answer = response.read(MAX_ANSWER).decode("utf-8", "replace")
        if self._is_cut:
            raise TimeoutError
        return response.status, answer, None

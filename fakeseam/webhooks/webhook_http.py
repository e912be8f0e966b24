"""One POST to a receiver: no redirects, no proxies, at most five seconds."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from .attempt import MAX_RESPONSE_BODY

__all__ = ["WebhookPost", "WEBHOOK_TIMEOUT_S"]

# In real time, for the whole attempt. Unsourced: Seam does not say how long it waits.
WEBHOOK_TIMEOUT_S = 5.0

PostResult = tuple["int | None", "str | None", "str | None"]


class WebhookPost:
    """One POST to one URL. Any failure is part of its result, and never raised."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._http: http.client.HTTPConnection | None = None
        # A duplicate to shut down: http.client drops its own before the response is read, and TLS
        # replaces it before the handshake.
        self._socket: socket.socket | None = None
        self._is_aborted = False

    def send(self, headers: Mapping[str, str], body: str) -> PostResult:
        """Returns the status, the beginning of the response's body, and the failure."""
        watch = threading.Timer(WEBHOOK_TIMEOUT_S, self.abort)
        watch.daemon = True
        watch.start()
        try:
            return self._post(headers, body)
        except Exception as exc:
            if self._is_aborted or isinstance(exc, TimeoutError):
                return None, None, f"no response within {WEBHOOK_TIMEOUT_S:g} s"
            return None, None, repr(exc)
        finally:
            watch.cancel()
            watch.join()
            if self._http is not None:
                self._http.close()
            if self._socket is not None:
                self._socket.close()

    def abort(self) -> None:
        """Ends the attempt from another thread."""
        self._is_aborted = True
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # the receiver has closed it already

    def _post(self, headers: Mapping[str, str], body: str) -> PostResult:
        url = urlsplit(self._url)
        connection = self._connect(url.scheme.lower(), url.hostname or "", url.port)
        path = quote(url.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = f"?{quote(url.query, safe='/?%:@!$&()*+,;=~-._')}" if url.query else ""
        connection.request("POST", path + query, body.encode(), dict(headers))
        response = connection.getresponse()
        body_start = response.read(MAX_RESPONSE_BODY).decode("utf-8", "replace")
        if self._is_aborted:
            raise TimeoutError
        return response.status, body_start, None

    def _connect(self, scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
        if port is None:  # http.client would take it from the end of "::1"
            port = http.client.HTTPS_PORT if scheme == "https" else http.client.HTTP_PORT
        if scheme == "http":
            context = None
            self._http = http.client.HTTPConnection(host, port)
        elif scheme == "https":
            context = ssl.create_default_context()
            self._http = http.client.HTTPSConnection(host, port, context=context)
        else:
            raise ValueError(f"webhooks are sent by http and https, not {scheme}")
        where = (self._http.host, self._http.port)
        self._http.sock = socket.create_connection(where, WEBHOOK_TIMEOUT_S)
        self._socket = self._http.sock.dup()
        if self._is_aborted:
            raise TimeoutError
        if context is not None:
            self._http.sock = context.wrap_socket(self._http.sock, server_hostname=host)
        return self._http

"""The official SDK without a socket: httpx transports into a fake, and clients that use them.

Only this module imports httpx and seam, which the extra ``fakeseam[sdk]`` installs.
"""

from __future__ import annotations

import errno
import os
from collections.abc import AsyncIterator, Iterator
from typing import Any

from .core.clock import Clock
from .runtime.engine import Engine

try:
    import httpx
    from httpx_retries import Retry, RetryTransport
    from seam.client import DEFAULT_RETRIES
    from seam.seam import AsyncSeam, Seam
except ImportError as exc:  # pragma: no cover  # tried by the package check, without the SDK
    raise ImportError("the official SDK is not installed: pip install 'fakeseam[sdk]'") from exc

from .api.auth import ACCESS_TOKEN, PREFIXES, PUBLISHABLE_KEY, SESSION
from .core.fault_plan import RESET, TIMEOUT, TRUNCATED
from .errors import MisuseError
from .http.handle_request import Request, Response, handle_request, handle_request_async

__all__ = ["AsyncTransport", "Transport", "async_client", "client", "send", "send_async"]

# The cause in the texts of httpx errors that a fault raises.
CAUSE = "an injected fault"


class Transport(httpx.BaseTransport):
    """Carries requests into a fake, in the calling thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return send(self._engine, request)


class AsyncTransport(httpx.AsyncBaseTransport):
    """The same for ``httpx.AsyncClient``. It awaits nothing but the senders of webhooks."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await send_async(self._engine, request)


def send(engine: Engine, request: httpx.Request) -> httpx.Response:
    """Returns the response of a fake, or raises httpx's error where a fault breaks it."""
    request.read()
    timeout = _ReadTimeout(engine.clock, request)
    return _to_httpx(handle_request(engine, _to_wire(request, timeout)), request, timeout)


async def send_async(engine: Engine, request: httpx.Request) -> httpx.Response:
    """Does the same, and awaits asynchronous senders of webhooks."""
    await request.aread()
    timeout = _ReadTimeout(engine.clock, request)
    response = await handle_request_async(engine, _to_wire(request, timeout))
    return _to_httpx(response, request, timeout)


def client(engine: Engine, token: str, workspace_id: str) -> Seam:
    """Returns ``seam.Seam`` for a fake, with the retries that it has over a socket."""
    transport = RetryTransport(Transport(engine), _retries(engine.clock))
    return Seam(**_options(engine, token, workspace_id, transport))


def async_client(engine: Engine, token: str, workspace_id: str) -> AsyncSeam:
    """Returns ``seam.AsyncSeam`` for a fake, with the retries that it has over a socket."""
    transport = RetryTransport(AsyncTransport(engine), _retries(engine.clock))
    return AsyncSeam(**_options(engine, token, workspace_id, transport))


def _options(
    engine: Engine, token: str, workspace_id: str, transport: RetryTransport
) -> dict[str, Any]:
    # Without the path of a base_url: there is no proxy here that would remove it.
    endpoint = "/".join(engine.address.split("/")[:3])
    options = {"endpoint": endpoint, "httpx_options": {"transport": transport}}
    if token.startswith(PREFIXES[ACCESS_TOKEN]):
        return {**options, "personal_access_token": token, "workspace_id": workspace_id}
    for kind in (SESSION, PUBLISHABLE_KEY):
        if token.startswith(PREFIXES[kind]):
            raise MisuseError(
                f"the Python SDK takes no {kind.replace('_', ' ')}; use fake.call(token=...)"
            )
    return {**options, "api_key": token}


def _to_wire(request: httpx.Request, timeout: _ReadTimeout) -> Request:
    return Request(
        method=request.method,
        path=request.url.path,
        query=request.url.query.decode("ascii"),
        headers=dict(request.headers),
        body=request.content,
        sleep=timeout.sleep,
    )


def _to_httpx(
    response: Response, request: httpx.Request, timeout: _ReadTimeout
) -> httpx.Response:
    """Returns the response, or raises httpx's error where a fault breaks it."""
    body = b"" if request.method == "HEAD" else response.body
    if response.fault_kind is None:
        return httpx.Response(response.status, headers=response.headers, content=body)
    if response.fault_kind == RESET:
        message = f"[Errno {errno.ECONNRESET}] {os.strerror(errno.ECONNRESET)} ({CAUSE})"
        raise httpx.ReadError(message, request=request)
    if response.fault_kind == TIMEOUT:
        raise timeout.expire()
    if response.fault_kind == TRUNCATED:
        return _truncated(response, body)
    raise ValueError(f"unknown fault kind {response.fault_kind!r}")


class _ReadTimeout:
    """A request's read timeout in httpx, measured on the fake's clock."""

    def __init__(self, clock: Clock, request: httpx.Request) -> None:
        self._clock = clock
        self._request = request
        self._seconds: float | None = request.extensions.get("timeout", {}).get("read")

    def sleep(self, seconds: float) -> None:
        """Advances the clock. Raises ``httpx.ReadTimeout`` if the client would wait less."""
        if self._seconds is not None and seconds > self._seconds:
            raise self.expire()
        self._clock.advance(seconds)

    def expire(self) -> httpx.ReadTimeout:
        """Advances the clock by the timeout; returns the error that the client raises then."""
        if self._seconds is None:
            message = f"no response, and no timeout: over a socket this waits forever ({CAUSE})"
        else:
            self._clock.advance(self._seconds)
            message = f"timed out after {self._seconds:g} s ({CAUSE})"
        return httpx.ReadTimeout(message, request=self._request)


def _truncated(response: Response, body: bytes) -> httpx.Response:
    """Returns a response with half of its body: the client fails as it reads, after retries."""
    headers = {**response.headers, "Content-Length": str(len(response.body))}
    return httpx.Response(response.status, headers=headers, stream=_TruncatedBody(body))


class _TruncatedBody(httpx.SyncByteStream, httpx.AsyncByteStream):
    def __init__(self, body: bytes) -> None:
        self._half = body[: len(body) // 2]
        self._length = len(body)

    def __iter__(self) -> Iterator[bytes]:
        yield self._half
        self._raise_if_cut()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._half
        self._raise_if_cut()

    def _raise_if_cut(self) -> None:
        if len(self._half) < self._length:
            raise httpx.RemoteProtocolError(
                "peer closed connection without sending complete message body"
                f" (received {len(self._half)} bytes, expected {self._length}; {CAUSE})"
            )


def _retries(clock: Clock) -> Retry:
    """Returns the SDK's own retry policy, which waits on the fake's clock."""

    class ClockRetry(Retry):
        def sleep(self, response: httpx.Response | Exception) -> None:
            headers = response.headers if isinstance(response, httpx.Response) else {}
            pause = self._calculate_sleep(headers)
            clock.advance(pause)
            self.elapsed_sleep += pause

        async def asleep(self, response: httpx.Response | Exception) -> None:
            self.sleep(response)

    policy = DEFAULT_RETRIES
    return ClockRetry(
        total=policy.total,
        allowed_methods=policy.allowed_methods,
        status_forcelist=policy.status_forcelist,
        retry_on_exceptions=policy.retryable_exceptions,
        backoff_factor=policy.backoff_factor,
        respect_retry_after_header=policy.respect_retry_after_header,
        max_backoff_wait=policy.max_backoff_wait,
        # Without its random jitter: the same calls must always take the same time.
        backoff_jitter=0,
        total_timeout=policy.total_timeout,
    )

"""The official SDK without a socket: httpx transports into a fake, and clients on top of them.

httpx and seam come with the extra ``fakeseam[sdk]`` and are imported here alone.
"""

from __future__ import annotations

import errno
import os
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any

try:
    import httpx
    from httpx_retries import Retry, RetryTransport
    from seam.client import DEFAULT_RETRIES
    from seam.seam import AsyncSeam, Seam
except ImportError as exc:  # pragma: no cover  # tried by the package check, without the SDK
    raise ImportError("the official SDK is not installed: pip install 'fakeseam[sdk]'") from exc

from .api.auth import ACCESS_TOKEN, PREFIXES, PUBLISHABLE_KEY, SESSION
from .core.faults import RESET, TIMEOUT
from .errors import MisuseError
from .http import Request, Response, answer

if TYPE_CHECKING:
    from .fake import FakeSeam
    from .handles import FakeClock

__all__ = ["AsyncTransport", "Transport", "async_client", "client"]

# What the errors of httpx say that a fault raises.
BROKEN = "a planned fault"


class Transport(httpx.BaseTransport):
    """Carries requests into a fake, in the calling thread."""

    def __init__(self, fake: FakeSeam) -> None:
        self._fake = fake

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        return _send(self._fake, request)


class AsyncTransport(httpx.AsyncBaseTransport):
    """The same for ``httpx.AsyncClient``; all that is awaited is who gets the webhooks."""

    def __init__(self, fake: FakeSeam) -> None:
        self._fake = fake

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        await self._fake.postman.run_due_async()
        try:
            with self._fake.postman.awaited():
                return _send(self._fake, request)
        finally:  # a fault may have struck a call that was carried out
            await self._fake.postman.run_due_async()


def client(fake: FakeSeam, token: str, workspace_id: str) -> Seam:
    """``seam.Seam`` into a fake, with the retries that it would have over a socket."""
    transport = RetryTransport(Transport(fake), _retries(fake.clock))
    return Seam(**_options(fake, token, workspace_id, transport))


def async_client(fake: FakeSeam, token: str, workspace_id: str) -> AsyncSeam:
    """``seam.AsyncSeam`` into a fake, with the retries that it would have over a socket."""
    transport = RetryTransport(AsyncTransport(fake), _retries(fake.clock))
    return AsyncSeam(**_options(fake, token, workspace_id, transport))


def _options(
    fake: FakeSeam, token: str, workspace_id: str, transport: RetryTransport
) -> dict[str, Any]:
    # Without the path that a base_url may have: no proxy that takes it away stands in between.
    endpoint = "/".join(fake.address.split("/")[:3])
    options = {"endpoint": endpoint, "httpx_options": {"transport": transport}}
    if token.startswith(PREFIXES[ACCESS_TOKEN]):
        return {**options, "personal_access_token": token, "workspace_id": workspace_id}
    for kind in (SESSION, PUBLISHABLE_KEY):
        if token.startswith(PREFIXES[kind]):
            raise MisuseError(
                f"the Python SDK takes no {kind.replace('_', ' ')}; use fake.call(token=...)"
            )
    return {**options, "api_key": token}


def _send(fake: FakeSeam, request: httpx.Request) -> httpx.Response:
    patience = _Patience(fake.clock, request)
    response = answer(
        fake,
        Request(
            method=request.method,
            path=request.url.path,
            query=request.url.query.decode("ascii"),
            headers=dict(request.headers),
            body=request.content,
            wait=patience.wait,
        ),
    )
    if response.broken == RESET:
        said = f"[Errno {errno.ECONNRESET}] {os.strerror(errno.ECONNRESET)} ({BROKEN})"
        raise httpx.ReadError(said, request=request)
    if response.broken == TIMEOUT:
        raise patience.ended()
    body = b"" if request.method == "HEAD" else response.body
    if response.broken is None:
        return httpx.Response(response.status, headers=response.headers, content=body)
    return _half_of(response, body)


class _Patience:
    """How long a client waits, on the fake's clock; as httpx says of a request."""

    def __init__(self, clock: FakeClock, request: httpx.Request) -> None:
        self._clock = clock
        self._request = request
        self._seconds: float | None = request.extensions.get("timeout", {}).get("read")

    def wait(self, seconds: float) -> None:
        """Let seconds pass, or as many as the client waits; it raises then."""
        if self._seconds is not None and seconds > self._seconds:
            raise self.ended()
        self._clock.pause(seconds)

    def ended(self) -> httpx.ReadTimeout:
        """What the client raises when it has waited."""
        if self._seconds is None:
            said = f"no answer, and no timeout: over a socket this waits for ever ({BROKEN})"
        else:
            self._clock.pause(self._seconds)
            said = f"timed out after {self._seconds:g} s ({BROKEN})"
        return httpx.ReadTimeout(said, request=self._request)


def _half_of(response: Response, body: bytes) -> httpx.Response:
    """An answer whose body breaks off: the client notices as it reads, after any retries."""
    headers = {**response.headers, "Content-Length": str(len(response.body))}
    return httpx.Response(response.status, headers=headers, stream=_Half(body))


class _Half(httpx.SyncByteStream, httpx.AsyncByteStream):
    def __init__(self, body: bytes) -> None:
        self._half = body[: len(body) // 2]
        self._whole = len(body)

    def __iter__(self) -> Iterator[bytes]:
        yield self._half
        self._break_off()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._half
        self._break_off()

    def _break_off(self) -> None:
        if len(self._half) < self._whole:
            raise httpx.RemoteProtocolError(
                "peer closed connection without sending complete message body"
                f" (received {len(self._half)} bytes, expected {self._whole}; {BROKEN})"
            )


def _retries(clock: FakeClock) -> Retry:
    """The SDK's own policy, with its pauses taken on the fake's clock."""

    class ClockRetry(Retry):
        def sleep(self, response: httpx.Response | Exception) -> None:
            headers = response.headers if isinstance(response, httpx.Response) else {}
            pause = self._calculate_sleep(headers)
            clock.pause(pause)
            self.elapsed_sleep += pause

        async def asleep(self, response: httpx.Response | Exception) -> None:
            self.sleep(response)

    own = DEFAULT_RETRIES
    return ClockRetry(
        total=own.total,
        allowed_methods=own.allowed_methods,
        status_forcelist=own.status_forcelist,
        retry_on_exceptions=own.retryable_exceptions,
        backoff_factor=own.backoff_factor,
        respect_retry_after_header=own.respect_retry_after_header,
        max_backoff_wait=own.max_backoff_wait,
        # Without its jitter, which is chance: the same calls have to leave the same time.
        backoff_jitter=0,
        total_timeout=own.total_timeout,
    )

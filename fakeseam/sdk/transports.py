"""httpx transports into a fake, in the calling thread or task."""

from __future__ import annotations

import errno
import os
from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import TYPE_CHECKING

from . import import_advice

try:
    import httpx
except ImportError as exc:  # pragma: no cover  # tried by the package check, without the SDK
    raise ImportError(import_advice()) from exc

from ..core.clock import Clock
from ..core.fault_plan import RESET, TIMEOUT, TRUNCATED
from ..http.handle_request import Request, Response, handle_request, handle_request_async
from ..http.wire import NO_TEST
from ..runtime.engine import Engine
from .marks import BASE_PATH, SLEEP, STRAY

if TYPE_CHECKING:
    from ..fake import FakeSeam

__all__ = ["AsyncTransport", "Transport", "answer", "answer_async", "send", "send_async"]

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
    return _to_httpx(engine, request, handle_request(engine, _to_wire(engine, request)))


async def send_async(engine: Engine, request: httpx.Request) -> httpx.Response:
    """Does the same, and awaits asynchronous senders of webhooks."""
    await request.aread()
    response = await handle_request_async(engine, _to_wire(engine, request))
    return _to_httpx(engine, request, response)


def answer(current: FakeSeam | None, request: httpx.Request) -> httpx.Response:
    """Returns the response of the current fake; without one, that of the shared server."""
    return _no_test() if current is None else send(current._engine, request)


async def answer_async(current: FakeSeam | None, request: httpx.Request) -> httpx.Response:
    """Does the same, as ``send_async``."""
    return _no_test() if current is None else await send_async(current._engine, request)


def _no_test() -> httpx.Response:
    return httpx.Response(NO_TEST.status, headers=NO_TEST.headers, content=NO_TEST.body)


def _to_wire(engine: Engine, request: httpx.Request) -> Request:
    engine.process.check()
    request.extensions[SLEEP] = engine.clock.advance
    return Request(
        method=request.method,
        path=_path_of(request),
        query=request.url.query.decode("ascii"),
        headers=_headers_of(request),
        body=request.content,
        sleep=partial(_sleep, engine.clock, request),
        stray=request.extensions.get(STRAY),
    )


def _headers_of(request: httpx.Request) -> dict[str, str]:
    """Returns the headers, as httpx sends them; httpx's own look-up is slow."""
    headers: dict[str, str] = {}
    for name, value in request.headers.raw:
        key, text = name.lower().decode("latin-1"), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _path_of(request: httpx.Request) -> str:
    path, base = request.url.path, request.extensions.get(BASE_PATH)
    return path.removeprefix(base) if base and path.startswith(f"{base}/") else path


def _to_httpx(engine: Engine, request: httpx.Request, response: Response) -> httpx.Response:
    """Returns the response, or raises httpx's error where a fault breaks it."""
    if response.fault_kind in (None, TRUNCATED):
        return _whole_or_half(engine, request, response)
    if response.fault_kind == RESET:
        message = f"[Errno {errno.ECONNRESET}] {os.strerror(errno.ECONNRESET)} ({CAUSE})"
        raise httpx.ReadError(message, request=request)
    if response.fault_kind == TIMEOUT:
        raise _expire(engine.clock, request)
    raise ValueError(f"unknown fault kind {response.fault_kind!r}")


def _whole_or_half(
    engine: Engine, request: httpx.Request, response: Response
) -> httpx.Response:
    """Returns a response whose body is not yet read; a truncated one fails as it is read.

    So a client may stream it, and the SDK's retries are over when it fails.
    """
    body = b"" if request.method == "HEAD" else response.body
    return httpx.Response(
        response.status,
        headers={**response.headers, "Content-Length": str(len(response.body))},
        stream=httpx.ByteStream(body) if response.fault_kind is None else _HalfBody(body),
        extensions={SLEEP: engine.clock.advance},
    )


def _sleep(clock: Clock, request: httpx.Request, seconds: float) -> None:
    """Advances the clock. Raises ``httpx.ReadTimeout`` if the client would wait less."""
    limit = _read_timeout(request)
    if limit is not None and seconds > limit:
        raise _expire(clock, request)
    clock.advance(seconds)


def _expire(clock: Clock, request: httpx.Request) -> httpx.ReadTimeout:
    """Advances the clock by the read timeout; returns the error that the client raises then."""
    seconds = _read_timeout(request)
    if seconds is None:
        message = f"no response, and no timeout: over a socket this waits forever ({CAUSE})"
    else:
        clock.advance(seconds)
        message = f"timed out after {seconds:g} s ({CAUSE})"
    return httpx.ReadTimeout(message, request=request)


def _read_timeout(request: httpx.Request) -> float | None:
    seconds: float | None = request.extensions.get("timeout", {}).get("read")
    return seconds


class _HalfBody(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The first half of a body; then the connection is gone."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        yield from self._chunks()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self._chunks():
            yield chunk

    def _chunks(self) -> Iterator[bytes]:
        half = self._body[: len(self._body) // 2]
        if half:
            yield half
        if self._body:
            raise httpx.RemoteProtocolError(
                "peer closed connection without sending complete message body"
                f" (received {len(half)} bytes, expected {len(self._body)}; {CAUSE})"
            )

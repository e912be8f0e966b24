"""Answering httpx requests of this process by a fake, in the calling thread or task.

One table says which origins (scheme, host, port) mean which fake. Wrappers on httpx look into it
once a request; a request that it does not list goes on to what was there before. This module
loads the standard library only, and wraps httpx when the app imports it.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable
from functools import wraps
from importlib.machinery import ModuleSpec
from types import FunctionType, TracebackType
from typing import TYPE_CHECKING, Any, TypeGuard
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from .marks import BASE_PATH, SLEEP, STRAY
from .retries import pause, sleep_of

if TYPE_CHECKING:
    import httpx

    from ..fake import FakeSeam

__all__ = ["SEAM_HTTP_URL", "SEAM_URL", "Interception", "Origin", "origin_of", "refresh"]

# Where the official SDK sends requests if nothing else is configured; without TLS, Seam redirects.
SEAM_URL = "https://connect.getseam.com"
SEAM_HTTP_URL = "http://connect.getseam.com"

Origin = tuple[str, str, int]

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LOOPBACK = ("127.0.0.1", "::1")


class Interception:
    """Answers requests to some URLs from ``start`` to ``close``, or inside ``with``.

    ``current`` returns the fake that is meant now, or None, which makes a 401. Other processes
    reach ``served`` over a socket, and so does one that is forked from this one; it refuses
    ``unserved``, whose paths come before Seam's, as a company's gateway may have them. Of two
    interceptions of one URL the later one answers. ``stray`` returns what sends the current
    request if that is not the running test, else None.
    """

    def __init__(
        self,
        current: Callable[[], FakeSeam | None],
        *,
        served: Iterable[str] = (),
        unserved: Iterable[str] = (),
        stray: Callable[[], str | None] = lambda: None,
    ) -> None:
        self.current = current
        self.stray = stray
        self.served = _paths_by_origin(served)
        self.unserved = {
            origin: path
            for origin, path in _paths_by_origin(unserved).items()
            if origin not in self.served
        }

    def __enter__(self) -> Interception:
        self.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def start(self) -> None:
        """Adds its URLs to the table; wraps httpx if it has been imported."""
        _change(lambda active: (*active, self))

    def close(self) -> None:
        """Removes its URLs from the table. The last one leaves httpx as it was."""
        _change(lambda active: tuple(one for one in active if one is not self))


def origin_of(url: str) -> Origin | None:
    """Returns scheme, host and port of a URL, or None. The loopback host's names are one."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if host is None or parts.scheme not in _DEFAULT_PORTS:
        return None
    return _origin(parts.scheme, host, port)


def _origin(scheme: str, host: str, port: int | None) -> Origin:
    name = "localhost" if host in _LOOPBACK else host.lower().removesuffix(".")
    return scheme, name, port or _DEFAULT_PORTS.get(scheme, 0)


def _paths_by_origin(urls: Iterable[str]) -> dict[Origin, str]:
    origins = ((origin_of(url), url) for url in urls)
    return {origin: urlsplit(url).path.rstrip("/") for origin, url in origins if origin}


# The table

# Replaced as a whole, so that a request reads it without the lock.
_active: tuple[Interception, ...] = ()
# What a child made by os.fork refuses.
_refused: frozenset[Origin] = frozenset()
_lock = threading.Lock()


def _change(changed: Callable[[tuple[Interception, ...]], tuple[Interception, ...]]) -> None:
    global _active
    with _lock:
        _active = changed(_active)
        _wrap_or_unwrap()


def refresh() -> None:
    """Puts the wrappers on top again if another library has replaced what they wrap.

    If nothing is intercepted, removes wrappers that were beneath another library's.
    """
    with _lock:
        _wrap_or_unwrap()


def _find(request: httpx.Request) -> Interception | None:
    """Returns the interception that answers a request, or None if it is another server's."""
    url = request.url
    origin = _origin(url.scheme, url.host, url.port)
    for one in reversed(_active):
        path = one.served.get(origin, one.unserved.get(origin))
        if path is not None:
            request.extensions[STRAY] = one.stray()
            request.extensions[BASE_PATH] = path
            return one
    if origin in _refused:
        raise _refusal(request)
    # A redirect may have brought the mark of the fake along.
    request.extensions.pop(SLEEP, None)
    return None


def _refusal(request: httpx.Request) -> Exception:
    import httpx

    request.extensions[SLEEP] = lambda seconds: None  # the SDK's retries would change nothing
    origin = f"{request.url.scheme}://{request.url.netloc.decode('ascii')}"
    return httpx.ConnectError(
        f"{origin} is answered by fakeseam in the parent process only, and this is a child made by"
        " os.fork. The child reaches the fake over HTTP, at SEAM_ENDPOINT, unless the test forbids"
        " sockets.",
        request=request,
    )


def _after_fork_in_child() -> None:
    """Lets a child's requests go over the socket: its copy of the fake is not the test's."""
    global _active, _refused, _lock
    is_refused: dict[Origin, bool] = {}
    for one in _active:
        is_refused |= dict.fromkeys(one.served, False) | dict.fromkeys(one.unserved, True)
    _refused |= {origin for origin, refused in is_refused.items() if refused}
    _active = ()
    _lock = threading.Lock()  # another thread may have held it


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork_in_child)


# The wrappers

# Each wrapper that was made, and what it replaced.
_replaced: WeakKeyDictionary[FunctionType, Any] = WeakKeyDictionary()


def _bound(replaced: Any, instance: object) -> Any:
    """Returns what a class attribute is on an instance. A mock takes no ``self``."""
    bind = getattr(type(replaced), "__get__", None)
    return replaced if bind is None else bind(replaced, instance, type(instance))


def _handle_request(replaced: Any) -> Any:
    @wraps(replaced)
    def handle_request(transport: Any, request: httpx.Request) -> httpx.Response:
        interception = _find(request)
        if interception is None:
            response: httpx.Response = _bound(replaced, transport)(request)
            return response
        from .transports import answer

        return answer(interception.current(), request)

    return handle_request


def _handle_async_request(replaced: Any) -> Any:
    @wraps(replaced)
    async def handle_async_request(transport: Any, request: httpx.Request) -> httpx.Response:
        interception = _find(request)
        if interception is None:
            response: httpx.Response = await _bound(replaced, transport)(request)
            return response
        from .transports import answer_async

        return await answer_async(interception.current(), request)

    return handle_async_request


def _sleep(replaced: Any) -> Any:
    @wraps(replaced)
    def sleep(retry: Any, response: Any) -> None:
        own = sleep_of(response)
        if own is None:
            _bound(replaced, retry)(response)
        else:
            pause(retry, response, own)

    return sleep


def _asleep(replaced: Any) -> Any:
    @wraps(replaced)
    async def asleep(retry: Any, response: Any) -> None:
        own = sleep_of(response)
        if own is None:
            await _bound(replaced, retry)(response)
        else:
            pause(retry, response, own)

    return asleep


# Module, class, method, and what makes the wrapper.
_WRAPPED: tuple[tuple[str, str, str, Callable[[Any], Any]], ...] = (
    ("httpx", "HTTPTransport", "handle_request", _handle_request),
    ("httpx", "AsyncHTTPTransport", "handle_async_request", _handle_async_request),
    ("httpx_retries", "Retry", "sleep", _sleep),
    ("httpx_retries", "Retry", "asleep", _asleep),
)
_MODULES = {module for module, _, _, _ in _WRAPPED}


def _wrap_or_unwrap() -> None:
    """Wraps while a request may be intercepted, else unwraps. The caller holds the lock."""
    is_needed = bool(_active or _refused)
    if is_needed:
        if _finder not in sys.meta_path:
            sys.meta_path.insert(0, _finder)
    elif _finder in sys.meta_path:
        sys.meta_path.remove(_finder)
    for module, name, method, wrapper_of in _WRAPPED:
        owner = getattr(sys.modules.get(module), name, None)
        if owner is None:
            continue
        if is_needed:
            _wrap(owner, method, wrapper_of)
        else:
            _unwrap(owner, method)


def _wrap(owner: type, method: str, wrapper_of: Callable[[Any], Any]) -> None:
    """Puts a wrapper on a method, unless it has one. What is there already stays beneath it."""
    there = vars(owner).get(method)
    if there is None or _is_wrapper(there):
        return
    wrapper = wrapper_of(there)
    _replaced[wrapper] = there
    setattr(owner, method, wrapper)


def _unwrap(owner: type, method: str) -> None:
    """Removes wrappers from a method. One beneath another library's function stays for now."""
    there = vars(owner).get(method)
    while _is_wrapper(there):
        there = _replaced[there]
        setattr(owner, method, there)


def _is_wrapper(function: Any) -> TypeGuard[FunctionType]:
    return isinstance(function, FunctionType) and function in _replaced


class _Finder:
    """Wraps httpx after its import. It finds no module itself."""

    def find_spec(
        self, name: str, path: object = None, target: object = None
    ) -> ModuleSpec | None:
        if name not in _MODULES:
            return None
        others = [finder for finder in sys.meta_path if finder is not self]
        specs = (finder.find_spec(name, None) for finder in others)
        spec = next(filter(None, specs), None)
        return None if spec is None else _refreshing(spec)


def _refreshing(spec: ModuleSpec) -> ModuleSpec:
    """Makes a module's loader refresh the wrappers after it has run the module, this once."""
    loader = spec.loader
    execute = getattr(loader, "exec_module", None)
    if loader is None or execute is None:
        return spec

    def exec_module(module: object) -> None:
        delattr(loader, "exec_module")
        execute(module)
        refresh()

    try:
        setattr(loader, "exec_module", exec_module)
    except AttributeError:  # the wrappers come with the next refresh
        pass
    return spec


_finder: Any = _Finder()

"""The official SDK's clients for one fake, without a socket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from . import import_advice

try:
    from httpx_retries import RetryTransport
    from seam.auth import SeamInvalidTokenError
    from seam.options import SeamInvalidOptionsError
    from seam.seam import AsyncSeam, Seam
except ImportError as exc:  # pragma: no cover  # tried by the package check, without the SDK
    raise ImportError(import_advice()) from exc

from ..api.auth import ACCESS_TOKEN, PREFIXES, PUBLISHABLE_KEY, SESSION
from ..errors import MisuseError
from ..runtime.engine import Engine
from .retries import clock_retries
from .transports import AsyncTransport, Transport

__all__ = ["POLLING_INTERVAL_S", "async_client", "client"]

# How long the SDK waits between two looks at an action attempt, in seconds of real time: an
# attempt ends by the second look. By default the SDK would wait half a second.
POLLING_INTERVAL_S = 0.01


def client(engine: Engine, token: str, workspace_id: str) -> Seam:
    """Returns ``seam.Seam`` for a fake, with the retries that it has over a socket."""
    transport = RetryTransport(Transport(engine), clock_retries(engine.clock.advance))
    options = _options(engine, token, workspace_id, transport)
    with _as_misuse(token):
        return Seam(**options)


def async_client(engine: Engine, token: str, workspace_id: str) -> AsyncSeam:
    """Returns ``seam.AsyncSeam`` for a fake, with the retries that it has over a socket."""
    transport = RetryTransport(AsyncTransport(engine), clock_retries(engine.clock.advance))
    options = _options(engine, token, workspace_id, transport)
    with _as_misuse(token):
        return AsyncSeam(**options)


def _options(
    engine: Engine, token: str, workspace_id: str, transport: RetryTransport
) -> dict[str, Any]:
    # Without the path of a base_url: there is no proxy here that would remove it.
    endpoint = "/".join(engine.address.split("/")[:3])
    options: dict[str, Any] = {
        "endpoint": endpoint,
        "httpx_options": {"transport": transport},
        "wait_for_action_attempt": {"polling_interval": POLLING_INTERVAL_S},
    }
    if token.startswith(PREFIXES[ACCESS_TOKEN]):
        return {**options, "personal_access_token": token, "workspace_id": workspace_id}
    for kind in (SESSION, PUBLISHABLE_KEY):
        if token.startswith(PREFIXES[kind]):
            raise MisuseError(
                f"the Python SDK takes no {kind.replace('_', ' ')}; use fake.call(token=...)"
            )
    return {**options, "api_key": token}


@contextmanager
def _as_misuse(token: str) -> Iterator[None]:
    """Raises ``MisuseError`` for a token that the SDK does not take."""
    try:
        yield
    except (SeamInvalidTokenError, SeamInvalidOptionsError) as exc:
        raise MisuseError(
            f"token={token!r}: {exc}. Give an API key or a personal access token of the fake."
        ) from exc

"""Opening Connect Webviews, with retries."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx
from seam import AsyncSeam, SeamError, SeamHttpApiError, SeamHttpInvalidResponseError
from seam.resources import ConnectWebview

# The pauses between tries, and the longest pause that Seam may request.
PAUSES_S = (0.5, 1.0, 2.0)
MAX_PAUSE_S = 10.0

Sleep = Callable[[float], Awaitable[None]]


def get_sleep() -> Sleep:
    return asyncio.sleep


def is_passing(error: Exception) -> bool:
    """Returns whether the error may be gone in a moment: an outage of Seam or of the network."""
    if isinstance(error, httpx.HTTPStatusError):
        status = error.response.status_code
    elif isinstance(error, SeamHttpApiError):
        status = error.status_code
    else:
        return isinstance(error, httpx.TransportError | SeamHttpInvalidResponseError)
    return status == 429 or status >= 500


async def open_webview(
    seam: AsyncSeam, user_id: str, connection_id: str, sleep: Sleep
) -> ConnectWebview:
    """Opens the Connect Webview of a connection.

    The SDK does not retry a POST, because the first try may have succeeded. A retry here first
    looks for the webview by its metadata, so that no user gets two.
    """
    for tried, pause in enumerate(PAUSES_S):
        try:
            return await _try_to_open(seam, user_id, connection_id, is_first=tried == 0)
        except (httpx.HTTPError, SeamError) as error:
            wait = max(pause, _retry_after(error))
            if not is_passing(error) or wait > MAX_PAUSE_S:
                raise
        await sleep(wait)
    return await _try_to_open(seam, user_id, connection_id, is_first=False)


async def _try_to_open(
    seam: AsyncSeam, user_id: str, connection_id: str, *, is_first: bool
) -> ConnectWebview:
    if not is_first:
        found = await seam.connect_webviews.list(
            custom_metadata_has={"connection_id": connection_id}
        )
        if found:
            return found[0]
    return await seam.connect_webviews.create(
        custom_metadata={"user_id": user_id, "connection_id": connection_id}
    )


def _retry_after(error: Exception) -> float:
    """Returns the seconds of the Retry-After header, 0 without one."""
    if not isinstance(error, httpx.HTTPStatusError):
        return 0
    text = error.response.headers.get("Retry-After", "")
    return float(text) if text.isdigit() else 0

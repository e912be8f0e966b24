"""Opening Connect Webviews, with patience."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx
from seam import AsyncSeam, SeamError, SeamHttpApiError, SeamHttpInvalidResponseError
from seam.resources import ConnectWebview

# The pauses between tries, and the longest that Seam may ask for.
PAUSES_S = (0.5, 1.0, 2.0)
LONGEST_S = 10.0

Sleep = Callable[[float], Awaitable[None]]


def get_sleep() -> Sleep:
    return asyncio.sleep


def is_passing(error: Exception) -> bool:
    """Whether Seam, or the way to it, may work again in a moment."""
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
    """The Connect Webview of a connection.

    The SDK leaves the retry of a POST to us, because the first try may have got through. It
    is found by its metadata then, so that nobody is left with two.
    """
    for tried, pause in enumerate(PAUSES_S):
        try:
            return await _try_to_open(seam, user_id, connection_id, is_first=tried == 0)
        except (httpx.HTTPError, SeamError) as error:
            wait = max(pause, _told(error))
            if not is_passing(error) or wait > LONGEST_S:
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


def _told(error: Exception) -> float:
    """What Retry-After asks for, in seconds."""
    if not isinstance(error, httpx.HTTPStatusError):
        return 0
    text = error.response.headers.get("Retry-After", "")
    return float(text) if text.isdigit() else 0

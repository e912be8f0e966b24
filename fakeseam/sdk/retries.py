"""The pauses of the SDK's retries, on the fake's clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .marks import SLEEP

if TYPE_CHECKING:
    import httpx
    from httpx_retries import Retry

__all__ = ["Sleep", "clock_retries", "pause", "sleep_of"]

Sleep = Callable[[float], object]


def clock_retries(sleep: Sleep) -> Retry:
    """Returns the SDK's own retry policy, whose pauses are calls of ``sleep``."""
    from httpx_retries import Retry
    from seam.client import DEFAULT_RETRIES as policy

    class ClockRetry(Retry):
        def sleep(self, response: httpx.Response | Exception) -> None:
            pause(self, response, sleep)

        async def asleep(self, response: httpx.Response | Exception) -> None:
            pause(self, response, sleep)

    return ClockRetry(
        total=policy.total,
        allowed_methods=policy.allowed_methods,
        status_forcelist=policy.status_forcelist,
        retry_on_exceptions=policy.retryable_exceptions,
        backoff_factor=policy.backoff_factor,
        respect_retry_after_header=policy.respect_retry_after_header,
        max_backoff_wait=policy.max_backoff_wait,
        backoff_jitter=policy.backoff_jitter,
        total_timeout=policy.total_timeout,
    )


def pause(retry: Retry, response: httpx.Response | Exception, sleep: Sleep) -> None:
    """Lets a policy's pause pass by ``sleep``, without its random jitter.

    The same calls must always take the same time. A policy is of one request by then: the
    first pause follows ``increment``, which copies it.
    """
    jitter, retry.backoff_jitter = retry.backoff_jitter, 0.0
    try:
        seconds = retry._calculate_sleep(getattr(response, "headers", {}))
    finally:
        retry.backoff_jitter = jitter
    sleep(seconds)
    retry.elapsed_sleep += seconds


def sleep_of(response: httpx.Response | Exception) -> Sleep | None:
    """Returns how time passes for the fake that sent a response, or broke it by an exception.

    Returns None for what another server has sent.
    """
    extensions: dict[str, Any] = getattr(_carrier(response), "extensions", {})
    return extensions.get(SLEEP)


def _carrier(response: httpx.Response | Exception) -> object:
    if not isinstance(response, Exception):
        return response
    try:
        return getattr(response, "request", None)
    except RuntimeError:  # httpx raises it for an exception without a request
        return None

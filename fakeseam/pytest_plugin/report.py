"""The sections about its fake in the report of a failed test."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from ..fake import FakeSeam

__all__ = ["sections"]

# How many lines of the timeline are shown: the last ones.
MAX_LINES = 100
EMPTY_TIMELINE = "(empty: the test did not use its fake)"
UNAWAITED = """\
The asynchronous client returns coroutines. Await them in an `async def` test, which needs a
plugin such as pytest-asyncio or anyio, or pass them to asyncio.run(). In a synchronous test, use
fakeseam_client or fakeseam.client()."""
# Python's messages for a coroutine used as its result, and for the asynchronous client in `with`.
UNAWAITED_SIGNS = ("coroutine object Async", "'coroutine'", "'AsyncSeam' object")


def sections(
    fake: FakeSeam, item: pytest.Item, call: pytest.CallInfo[None]
) -> list[tuple[str, str]]:
    """Returns titles and texts: the timeline, receivers' errors, advice on a missing ``await``."""
    titled = [("fakeseam timeline", _timeline(fake))]
    titled += _receiver_errors(fake, _message(call))
    if _misses_await(item, call):
        titled.append(("fakeseam", UNAWAITED))
    return titled


def _timeline(fake: FakeSeam) -> str:
    try:
        # A report only reads: it calls no sender, whose event loop or client may have ended.
        with fake._engine.webhook_dispatcher.awaited():
            lines = fake.timeline().splitlines()
    except Exception as exc:  # an error in a report would end the whole run
        return f"(no timeline: {type(exc).__name__})"
    left_out = len(lines) - MAX_LINES
    head = [f"... {left_out} earlier lines: see fake.timeline()"] if left_out > 0 else []
    return "\n".join([*head, *lines[-MAX_LINES:]]) or EMPTY_TIMELINE


def _receiver_errors(fake: FakeSeam, message: str) -> list[tuple[str, str]]:
    """Returns the errors of receivers, but for those that the failure's own message shows."""
    errors = fake._engine.runtime.journal.receiver_errors
    return [
        ("fakeseam: a webhook receiver raised", f"{_first_of(places)}\n{traceback}")
        for traceback, places in tuple(errors.items())
        if traceback.rstrip() not in message
    ]


def _first_of(places: Sequence[str]) -> str:
    more = len(places) - 1
    return f"{places[0]}, and {more} more" if more else places[0]


def _misses_await(item: pytest.Item, call: pytest.CallInfo[None]) -> bool:
    """Returns whether a synchronous test failed because it used the asynchronous client."""
    if inspect.iscoroutinefunction(getattr(item, "obj", None)):
        return False
    return any(sign in _message(call) for sign in UNAWAITED_SIGNS)


def _message(call: pytest.CallInfo[None]) -> str:
    """Returns the message of the failure, or nothing."""
    try:
        return "" if call.excinfo is None else str(call.excinfo.value)
    except Exception:  # the test may raise an error that cannot be printed
        return ""

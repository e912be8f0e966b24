"""What the report of a failed test says of its fake."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from .fake import FakeSeam

__all__ = ["sections"]

# How many lines of the timeline are shown: its end.
MOST_LINES = 100
NOTHING_HAPPENED = "(nothing: the fake of this test was asked for nothing)"
UNAWAITED = """\
the asynchronous client answers with coroutines: await them in an `async def` test, which needs
a plugin such as pytest-asyncio or anyio's, or hand them to asyncio.run(); in a test that is not
asynchronous, use fakeseam_client or fakeseam.client()"""
# What Python says of a coroutine that was taken for its result, and of the client in a `with`.
UNAWAITED_SIGNS = ("coroutine object Async", "'coroutine'", "'AsyncSeam' object")


def sections(
    fake: FakeSeam, item: pytest.Item, call: pytest.CallInfo[None]
) -> list[tuple[str, str]]:
    """The titles and texts to add: the timeline, and advice where a mistake is a common one."""
    told = [("fakeseam timeline", _timeline(fake))]
    if _awaits_nothing(item, call):
        told.append(("fakeseam", UNAWAITED))
    return told


def _timeline(fake: FakeSeam) -> str:
    try:
        lines = fake.timeline().splitlines()
    except Exception as exc:  # a report that cannot be made would end the whole run
        return f"(it cannot be told: {type(exc).__name__})"
    left_out = len(lines) - MOST_LINES
    head = [f"... {left_out} lines before these: fake.timeline()"] if left_out > 0 else []
    return "\n".join([*head, *lines[-MOST_LINES:]]) or NOTHING_HAPPENED


def _awaits_nothing(item: pytest.Item, call: pytest.CallInfo[None]) -> bool:
    """Whether a test failed because it took the asynchronous client for the other."""
    if call.excinfo is None or inspect.iscoroutinefunction(getattr(item, "obj", None)):
        return False
    try:
        told = str(call.excinfo.value)
    except Exception:  # the error is the test's own, and may be anything
        return False
    return any(sign in told for sign in UNAWAITED_SIGNS)

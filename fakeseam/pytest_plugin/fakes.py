"""Making a test's fake, and finishing it."""

from __future__ import annotations

import inspect
import threading
from typing import Any

import pytest

from ..errors import is_outcome
from ..fake import FakeSeam
from . import FAKE, FINISHED, SESSION
from .options import options_of

__all__ = ["fake_of", "finish"]

__tracebackhide__ = is_outcome

# The app's threads may be the first to need the fake.
_MAKING = threading.Lock()


def fake_of(item: pytest.Item) -> FakeSeam:
    """Returns the test's fake, made and loaded at the first call."""
    with _MAKING:
        if FAKE in item.stash:
            return item.stash[FAKE]
        options = options_of(item)
        load = options.pop("load", None)
        fake = item.stash[FAKE] = _make(item, options)
    if load is not None:  # without the lock: a function that is loaded may call the app
        from ..state.seed_files import resolve_paths

        fake.load(resolve_paths(item.path.parent, load))
    return fake


def finish(item: pytest.Item) -> None:
    """Closes the test's fake; raises ``AssertionError`` for strict violations."""
    fake = item.stash[FAKE]
    del item.stash[FAKE]
    item.stash[FINISHED] = fake
    session = item.config.stash.get(SESSION, None)
    if session is not None:
        session.use_key(session.api_key)
    fake.close()
    fake.assert_nothing_unexpected()


def _make(item: pytest.Item, options: dict[str, Any]) -> FakeSeam:
    session = item.config.stash.get(SESSION, None)
    if session is not None:
        options.setdefault("api_key", session.api_key)
    try:
        fake = FakeSeam(**options)
    except TypeError as exc:
        known = [name for name in inspect.signature(FakeSeam).parameters if name != "base_url"]
        raise pytest.UsageError(
            f"the marker fakeseam: {exc} (it takes {', '.join([*known, 'load'])})"
        ) from None
    if session is not None:
        fake._engine.set_server_url(session.shared_server.url)
        fake._engine.owner.set(session.thread)
        session.use_key(fake.api_key)
    return fake

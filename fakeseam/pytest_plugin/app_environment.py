"""The environment of an app in one test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from ..http.environment import variables_for
from ..sdk.environment import NO_LISTENER_URL, interception_for

if TYPE_CHECKING:
    import pytest

    from ..fake import FakeSeam
    from .session_environment import Listener

__all__ = ["app_environment"]


@contextmanager
def app_environment(
    fake: FakeSeam, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Makes the app use a test's fake.

    ``monkeypatch`` sets the variables: the test may set the same ones by it, and it restores
    them in the right order.
    """
    url = listener.url_if_allowed()
    with nullcontext() if url is None else listener.serving(fake):
        with interception_for(lambda: fake, url, listener.stray), fake._state.keeping_api_key():
            variables = variables_for(url or NO_LISTENER_URL, fake.api_key, os.environ)
            for name, value in variables.items():
                if value is None:
                    monkeypatch.delenv(name, raising=False)
                else:
                    monkeypatch.setenv(name, value)
            yield

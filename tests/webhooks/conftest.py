"""A fake at noon that is closed at the end."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam

NOON = "2026-01-01T12:00:00Z"


@pytest.fixture
def fake():
    with FakeSeam(now=NOON) as fake:
        yield fake

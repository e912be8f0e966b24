"""What every file here uses: a fresh fake whose time stands, and refusals as values."""

from __future__ import annotations

import pytest

from fakeseam import ApiError, FakeSeam


@pytest.fixture
def fake():
    return FakeSeam(now="2026-01-01T00:00:00Z")


@pytest.fixture
def refuse(fake):
    """Make a call that has to be refused; gives the refusal."""

    def refuse(path, params=None, **how):
        with pytest.raises(ApiError) as caught:
            fake.call(path, params, **how)
        return caught.value

    return refuse

"""A late answer meets how long a client waits to read, not how long it waits to connect."""

from __future__ import annotations

import httpx
import pytest

LIST = "/connect_webviews/list"


@pytest.fixture
def get(fake):
    """Ask, by a client with these timeouts, for what comes 5 s late."""

    def get(**timeouts):
        fake.faults.add(LIST, latency=5)
        how = {"transport": fake.transport(), "base_url": "http://fakeseam"}
        with httpx.Client(**how, timeout=httpx.Timeout(60, **timeouts)) as client:
            headers = {"Authorization": f"Bearer {fake.api_key}"}
            return client.get(LIST, headers=headers).status_code

    return get


def test_one_that_connects_within_a_second_waits_on_for_its_answer(get):
    assert get(connect=1, write=1, pool=1) == 200


def test_one_that_reads_for_a_second_gives_up(get):
    with pytest.raises(httpx.ReadTimeout, match="timed out after 1 s"):
        get(read=1)

"""The hosts that webhooks may be sent to."""

from __future__ import annotations

import pytest

from fakeseam import MisuseError


@pytest.mark.parametrize(
    "host", ["*.example.com", " a.example ", "a b", "http://a.example", "a.example:80", "me@a"]
)
def test_a_host_that_could_never_match_is_misuse(fake, host):
    with pytest.raises(MisuseError, match="expected a host name without scheme, port or path"):
        fake.webhooks.allow(host)

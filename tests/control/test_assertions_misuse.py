"""Invalid arguments of an assertion: the message names the mistake."""

from __future__ import annotations

import re
from operator import attrgetter

import pytest

from fakeseam import MisuseError

CREATE = "/connect_webviews/create"


@pytest.mark.parametrize(
    "look",
    [
        lambda fake: fake.events.filter("device.aded"),
        lambda fake: fake.events.assert_not_emitted("device.aded"),
        lambda fake: fake.webhooks.filter("device.aded"),
        lambda fake: fake.webhooks.assert_not_sent("device.aded"),
    ],
)
def test_searching_for_an_unknown_event_type_is_misuse(fake, look):
    similar = "no event type 'device.aded'. Similar event types: device.added"
    with pytest.raises(MisuseError, match=similar):
        look(fake)


@pytest.mark.parametrize(
    ("assertion", "how", "message"),
    [
        (
            "requests.assert_called",
            {"route": f"PSOT {CREATE}"},
            "no method 'PSOT': a route is a path, or a method and",
        ),
        (
            "requests.assert_called",
            {"route": 5},
            'assert_called: Expected string, received number for "route"',
        ),
        (
            "requests.assert_called",
            {"route": CREATE, "times": 0},
            "times=0: use assert_not_called()",
        ),
        (
            "requests.assert_called",
            {"route": CREATE, "times": -1},
            "greater than or equal to 0",
        ),
        (
            "requests.assert_called",
            {"route": CREATE, "times": "2"},
            "Expected number, received string",
        ),
        ("requests.assert_called", {"route": CREATE, "times": 1.5}, "Expected integer"),
        (
            "events.assert_emitted",
            {"event_type": "device.aded"},
            "no event type 'device.aded'. Similar event types: device.added",
        ),
        (
            "events.assert_emitted",
            {"event_type": "device.added", "times": 0},
            "times=0: use assert_not_emitted()",
        ),
        ("events.assert_emitted", {"event_type": None}, "event_type"),
        ("webhooks.assert_sent", {"event_type": "device.aded"}, "no event type 'device.aded'"),
        ("webhooks.wait_for", {"event_type": "device.aded"}, "no event type 'device.aded'"),
        ("webhooks.wait_for", {"event_type": "device.added", "timeout": -1}, "timeout"),
        ("webhooks.wait_for", {"event_type": "device.added", "timeout": float("inf")}, "timeout"),
        (
            "webhooks.wait_for",
            {"event_type": "device.added", "times": 0},
            "times=0: use assert_not_sent()",
        ),
        ("webhooks.assert_sent", {"event_type": "device.added", "url": 5}, "url"),
    ],
)
def test_an_invalid_argument_is_misuse(fake, assertion, how, message):
    with pytest.raises(MisuseError, match=re.escape(message)):
        attrgetter(assertion)(fake)(**how)

"""Odd values for every parameter of every control endpoint: an answer in JSON, never a crash.

The endpoints and their parameters are found, not listed.
"""

from __future__ import annotations

import json

import pytest
from werkzeug.test import Client

from fakeseam import FakeSeam, control

# As JSON text: some of them are numbers that Python's json would not write.
ODD_VALUES = [
    *("null", "true", "false", "0", "-1", "5", "1.5", "1e400", "1" * 400),
    *('""', '"x"', '"4000"', r'"\u0000"', r'"\ud800"', f'"{"x" * 5000}"', '"2026-13-01"'),
    *("[]", "[1]", "[null]", '["x"]', "[{}]", "{}", '{"x": null}', '{"": {}}', '{"x": [1e400]}'),
    "[" * 300 + "]" * 300,
]
ODD_QUERIES = [
    *("{0}=", "{0}=x", "{0}=%00", "{0}=%FF", "{0}=%ED%A0%80", "{0}=1e400", "{0}=a,b", "{0}"),
    *("{0}=1&{0}=2", "{0}[]=1", "{0}[x]=1", "{0}[0][x]=1", "{0}.x=1", "{0}.x.y=1"),
    *("{0}=%7B%22x%22:NaN%7D", "{0}=[1", "_strict=true&{0}=,"),
]


class World:
    """A fake behind a WSGI client, and values that its control endpoints can be called with."""

    def __init__(self):
        self.fake = fake = FakeSeam(now="2026-01-01T12:00:00Z")
        self.client = Client(fake.wsgi_app)
        fake.call("/webhooks/create", {"url": "https://app.test/hook"})
        account = fake.connect_account()
        webview = fake.call("/connect_webviews/create")["connect_webview"]
        self.given = {
            "connect_webview_id": webview["connect_webview_id"],
            "connected_account_id": account["connected_account_id"],
            "device_id": fake.call("/devices/list")["devices"][0]["device_id"],
            "event_type": "device.added",
            "fault_id": fake.faults.add("/thermostats/list", status=503).fault_id,
            "route": "/devices/list",
            "status": 503,
            "seconds": 1,
            "timeout": 0,
        }

    def usual(self, endpoint, parameter):
        """Returns usual values for the other parameters: for the required ones, and some more."""
        return {
            name: self.given.get(name, "x")
            for name, param in endpoint.params.items()
            if name != parameter and (param.required or name in self.given)
        }


CASES = [
    pytest.param(endpoint, name, id=f"{endpoint.path}({name})")
    for endpoint in control.control_endpoints()
    for name in endpoint.params
]


@pytest.fixture
def crashes(tmp_path, monkeypatch):
    """Makes each request to a fake of its own world; returns those that crash it."""
    monkeypatch.chdir(tmp_path)  # a path may be odd, and good for a file

    def crashes(requests):
        world, found = World(), []
        for name, request in requests:
            response = request(world)
            if response.status_code >= 500:
                found.append(f"{name:.60}: {response.status_code}")
            if response.mimetype == "application/json" and response.data:
                json.loads(response.data, parse_constant=found.append)
            if response.status_code < 400:
                world.fake.close()
                world = World()
        world.fake.close()
        return found

    return crashes


@pytest.mark.parametrize(("endpoint", "name"), CASES)
def test_an_odd_value_in_a_body_does_not_crash_a_control_endpoint(endpoint, name, crashes):
    def request(odd):
        def post(world):
            usual = json.dumps(world.usual(endpoint, name))[1:-1]
            body = f'{{"{name}": {odd}{", " if usual else ""}{usual}}}'
            return world.client.open(
                endpoint.path,
                method=endpoint.methods[-1],
                data=body,
                content_type="application/json",
            )

        return post

    assert crashes([(odd, request(odd)) for odd in ODD_VALUES]) == []


@pytest.mark.parametrize(
    ("endpoint", "name"), [one for one in CASES if "GET" in one.values[0].methods]
)
def test_an_odd_query_does_not_crash_a_control_endpoint(endpoint, name, crashes):
    def request(odd):
        def get(world):
            given = world.usual(endpoint, name).items()
            usual = "".join(f"&{key}={value}" for key, value in given)
            return world.client.get(f"{endpoint.path}?{odd.format(name)}{usual}")

        return get

    assert crashes([(odd, request(odd)) for odd in ODD_QUERIES]) == []

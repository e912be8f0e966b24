"""What the served fakes are asked, tried once, and then sent by ``wrk`` as fast as it can."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from .servers import HERE, KEY, Running

__all__ = ["LIST", "Load", "loads", "units_a_second"]

TURN = "1s"  # the shortest that wrk can
LIST_LIMIT = 20
LIST = ("/devices/list", {"limit": LIST_LIMIT})
CREATE = {"custom_redirect_url": "https://app.example.com/connected"}


@dataclass(frozen=True)
class Load:
    """One call again and again, or a story of some requests where ``script`` says how."""

    name: str
    path: str
    params: Mapping[str, object]
    script: str = "call.lua"
    requests: int = 1


def loads(server: Running, connected_account_id: str) -> list[Load]:
    """Returns the loads for a server, each tried once. A wrong answer is an ``AssertionError``."""
    account_id = {"connected_account_id": connected_account_id}
    got = server.post("/connected_accounts/get", account_id)["connected_account"]
    assert got["connected_account_id"] == connected_account_id, got
    devices = server.post(*LIST)["devices"]
    assert len(devices) == LIST_LIMIT, devices
    update = {**account_id, "custom_metadata": {"user": "1"}}
    updated = server.post("/connected_accounts/update", update)
    assert updated["connected_account"]["custom_metadata"] == {"user": "1"}, updated
    door = {"device_id": next(one["device_id"] for one in devices if _is_lock(one))}
    attempt = server.post("/locks/unlock_door", door)["action_attempt"]
    assert attempt["action_type"] == "UNLOCK_DOOR", attempt
    webview = server.post("/connect_webviews/create", CREATE)["connect_webview"]
    assert webview["custom_redirect_url"] == CREATE["custom_redirect_url"], webview
    webview_id = {"connect_webview_id": webview["connect_webview_id"]}
    server.post("/_fake/complete_connect_webview", webview_id)
    completed = server.post("/connect_webviews/get", webview_id)["connect_webview"]
    assert completed["status"] == "authorized", completed
    return [
        Load("get an account", "/connected_accounts/get", account_id),
        Load(f"list {LIST_LIMIT} devices", *LIST),
        Load("update an account", "/connected_accounts/update", update),
        Load("connect story", "/connect_webviews/create", {}, "connect_story.lua", requests=4),
        Load("create a webview", "/connect_webviews/create", CREATE),
        Load("unlock a door", "/locks/unlock_door", door),
    ]


def _is_lock(device: Mapping[str, object]) -> bool:
    return str(device["device_type"]).endswith("_lock")


def units_a_second(server: Running, load: Load, connections: int) -> float:
    """Returns how often a server does it in a second. A failure is an ``AssertionError``."""
    options = ["--threads", "1", "--connections", str(connections), "--duration", TURN]
    url = f"http://127.0.0.1:{server.port}{load.path}"
    environment = {
        **os.environ,
        "BENCHMARK_KEY": KEY,
        "BENCHMARK_BODY": json.dumps(load.params),
        "BENCHMARK_CALL": str(HERE / "call.lua"),
    }
    command = ["wrk", *options, "--script", str(HERE / load.script), url]
    printed = subprocess.check_output(command, env=environment, text=True)
    found = re.search(r"^RESULT (\d+) (\d+) (\d+)$", printed, re.MULTILINE)
    assert found, printed
    requests, microseconds, failed = map(int, found.groups())
    assert requests and not failed, (load, printed)
    return requests / load.requests / microseconds * 1e6

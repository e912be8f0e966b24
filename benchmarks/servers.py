"""Servers as processes: fakeseam and the official fake, which npm installs."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = [
    "ENVIRONMENT",
    "KEY",
    "OFFICIAL_VERSION",
    "Running",
    "fakeseam",
    "install_official",
    "official",
    "serve",
]

HERE = Path(__file__).parent
ROOT = HERE.parent
OFFICIAL_VERSION = "1.86.0"
# What the official fake's own seed has; fakeseam is given the same.
KEY = "seam_apikey1_token"
START_TIMEOUT_S = 60.0
POLL_S = 0.002

# A child keeps its bytecode, as Python does by itself: or each start would compile all modules.
ENVIRONMENT = {**os.environ}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)

Command = tuple[list[str], Mapping[str, str]]


@dataclass
class Running:
    """A server's process."""

    process: subprocess.Popen[bytes]
    port: int
    began: float
    start_s: float = 0.0

    def wait_for_answer(self) -> None:
        """Waits for its first answer; sets how many seconds after the start of the process."""
        while not self.start_s:
            waited = time.perf_counter() - self.began
            try:
                self.post("/devices/list", {"limit": 1})
            except ConnectionError:
                if self.process.poll() is not None or waited > START_TIMEOUT_S:
                    arguments = self.process.args
                    raise RuntimeError(f"no answer in {waited:.0f} s: {arguments!r}") from None
                time.sleep(POLL_S)
            else:
                self.start_s = time.perf_counter() - self.began

    @property
    def memory_mib(self) -> float:
        """Its resident memory."""
        command = ["ps", "-o", "rss=", "-p", str(self.process.pid)]
        return int(subprocess.check_output(command)) / 1024

    def post(self, path: str, params: object) -> Any:
        """Returns the body of an answer. Raises ``AssertionError`` unless its status is 200."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port)) as connection:
            return _post(connection, path, params)

    def connect_accounts(self, accounts: int) -> str:
        """Connects accounts, as new users who complete webviews; returns the id in the middle.

        The official fake looks through its list for an account.
        """
        ids = []
        with closing(http.client.HTTPConnection("127.0.0.1", self.port)) as connection:
            for _ in range(accounts):
                webview = _post(connection, "/connect_webviews/create", {})["connect_webview"]
                ids.append({"connect_webview_id": webview["connect_webview_id"]})
                _post(connection, "/_fake/complete_connect_webview", ids[-1])
            completed = _post(connection, "/connect_webviews/get", ids[accounts // 2])
        return str(completed["connect_webview"]["connected_account_id"])


def _post(connection: http.client.HTTPConnection, path: str, params: object) -> Any:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {KEY}"}
    connection.request("POST", path, json.dumps(params), headers)
    response = connection.getresponse()
    body = response.read()
    assert response.status == 200, (path, params, response.status, body)
    return json.loads(body)


def fakeseam() -> Command:
    """Returns the command that serves fakeseam."""
    return [sys.executable, "-m", "fakeseam", "serve", "--quiet", "--api-key", KEY], {}


def official(folder: Path, accounts: int = 0) -> Command:
    """Returns the command that serves the official fake; for accounts, with locks to list."""
    package = folder / "node_modules" / "@seamapi" / "fake-seam-connect" / "dist"
    if not accounts:
        return ["node", str(package / "server.js"), "--seed"], {}
    variables = {
        "BENCHMARK_ACCOUNTS": str(accounts),
        "BENCHMARK_FAKE": str(package / "index.js"),
    }
    return ["node", str(HERE / "official_fake.mjs")], variables


def install_official() -> Path | str:
    """Returns the cache folder with the official fake in it, or why there is none."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            return f"no {program} on PATH"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "fakeseam-benchmarks" / OFFICIAL_VERSION
    if not (folder / "node_modules" / "@seamapi").exists():
        folder.mkdir(parents=True, exist_ok=True)
        package = f"@seamapi/fake-seam-connect@{OFFICIAL_VERSION}"
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), package]
        if subprocess.run(command, stdout=sys.stderr).returncode:
            return f"npm could not install {package}"
    return folder


@contextmanager
def serve(*commands: Command) -> Iterator[list[Running]]:
    """Runs servers, started one after the other; yields them when each has answered."""
    servers: list[Running] = []
    try:
        for arguments, variables in commands:
            servers.append(_start(arguments, variables))
            servers[-1].wait_for_answer()
        yield servers
    finally:
        for server in servers:
            server.process.kill()
            server.process.wait()


def _start(arguments: list[str], variables: Mapping[str, str]) -> Running:
    port = _free_port()
    if "fakeseam" in arguments:  # the official fake reads PORT
        arguments = [*arguments, "--port", str(port)]
    environment = {**ENVIRONMENT, **variables, "PORT": str(port)}
    began = time.perf_counter()
    process = subprocess.Popen(arguments, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    return Running(process, port, began)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])

"""The environment variables by which an app's own ``Seam()`` finds the fake.

Source: the official Python SDK, which reads them.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from urllib.parse import urlsplit

__all__ = [
    "API_KEY_VAR",
    "CONFLICTING_VARS",
    "ENDPOINT_VAR",
    "NO_PROXY_VARS",
    "SetVariables",
    "variables_for",
]

ENDPOINT_VAR = "SEAM_ENDPOINT"
API_KEY_VAR = "SEAM_API_KEY"

# The SDK refuses two kinds of credentials at once and warns of the old name, so these are unset.
CONFLICTING_VARS = ("SEAM_API_URL", "SEAM_PERSONAL_ACCESS_TOKEN", "SEAM_WORKSPACE_ID")

# Hosts that are reached without a proxy. Programs read one or the other.
NO_PROXY_VARS = ("NO_PROXY", "no_proxy")
_EVERY_HOST = "*"


def variables_for(
    url: str, api_key: str, environment: Mapping[str, str]
) -> dict[str, str | None]:
    """Returns the variables by which an app finds the fake at a URL; None is to be unset.

    Hosts without a proxy are added to those in ``environment``.
    """
    hosts = dict.fromkeys([urlsplit(url).hostname or "", "localhost"])
    return {
        ENDPOINT_VAR: url,
        API_KEY_VAR: api_key,
        **dict.fromkeys(CONFLICTING_VARS),
        **{name: _no_proxy(name, hosts, environment) for name in NO_PROXY_VARS},
    }


def _no_proxy(name: str, hosts: Mapping[str, None], environment: Mapping[str, str]) -> str:
    # Where one of the two is missing it gets what the other has: a program that reads both
    # ignores one of them.
    found = (environment.get(one, "") for one in (name, *NO_PROXY_VARS))
    before = next(filter(None, found), "")
    if before.strip() == _EVERY_HOST:
        return before
    listed = [host.strip() for host in before.split(",")]
    return ",".join([*filter(None, [before]), *(host for host in hosts if host not in listed)])


class SetVariables:
    """Variables of this process that are set, or unset where the value is None.

    ``restore`` restores them, in any order: if others have been set since, these stay, and restore
    what was there before both.
    """

    def __init__(self, variables: Mapping[str, str | None]) -> None:
        with _lock:
            self._before = {name: os.environ.get(name) for name in variables}
            _assign(variables)
            _in_use.append(self)

    def restore(self) -> None:
        """Restores what was there before."""
        with _lock:
            later = _in_use[_in_use.index(self) + 1 :]
            _in_use.remove(self)
            for name, value in self._before.items():
                covering = next((one for one in later if name in one._before), None)
                if covering is None:
                    _assign({name: value})
                else:
                    covering._before[name] = value


# In the order in which they were set.
_in_use: list[SetVariables] = []
_lock = threading.Lock()


def _after_fork_in_child() -> None:
    global _lock
    _lock = threading.Lock()  # another thread may have held it


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork_in_child)


def _assign(variables: Mapping[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value

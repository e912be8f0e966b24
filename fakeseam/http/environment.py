"""The environment variables by which an app's own ``Seam()`` finds the fake.

Source: the official Python SDK, which reads them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

__all__ = [
    "API_KEY_VAR",
    "CONFLICTING_VARS",
    "ENDPOINT_VAR",
    "NO_PROXY_VARS",
    "set_variables",
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


def set_variables(variables: Mapping[str, str | None]) -> dict[str, str | None]:
    """Sets and unsets variables of this process; returns those that restore it."""
    before = {name: os.environ.get(name) for name in variables}
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    return before

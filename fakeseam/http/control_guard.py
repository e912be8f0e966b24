"""Who may call a fake over HTTP: tools, the app, and the fake's own pages, but no web site.

The control API needs no key, and a key may be guessed, so a page that a developer visits must not
reach them. It could come under a host name that it has pointed at this machine (DNS rebinding).
It could also send a form or a script's request from its own origin (CSRF).
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from ..api.auth import Credentials
from ..errors import ApiError
from ..runtime.engine import ServerAddress
from .wire import FORM, Request, media_type

__all__ = ["check_access", "is_control_form", "is_guarded", "is_same_origin"]

GUARDED_PATHS = ("/_fakeseam/", "/_fake/")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")

# A host, in brackets if it is an IPv6 address, and an optional port.
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]*)?", re.ASCII)
_DEFAULT_PORTS = {"http": 80, "https": 443}

Origin = tuple[str, str, int | None]


def is_guarded(path: str) -> bool:
    """Returns whether a path is the fake's own and not Seam's."""
    return f"{path}/".startswith(GUARDED_PATHS)


def is_control_form(request: Request) -> bool:
    """Returns whether this is a form that a page in a browser posts to the control API.

    Browsers send the origin of that page; ``check_access`` has compared it.
    """
    is_posted = request.method == "POST" and media_type(request) == FORM
    return is_guarded(request.path) and is_posted and "origin" in request.headers


def check_access(request: Request, credentials: Credentials, address: ServerAddress) -> None:
    """Raises a 403 for a request that a web site may have sent.

    The control API takes hosts of the fake only, and no other origin. Seam's endpoints take any
    host, unless the server is for this machine alone, and any origin, unless the request has a
    key or token that an app keeps on its server. In process any host and origin is allowed
    there: there is no name to rebind, and no browser.
    """
    is_control = is_guarded(request.path)
    is_local = address.server_host is not None and _is_loopback(address.server_host)
    if request.address is not None and (is_control or is_local):
        _check_host(request.headers.get("host", ""), address)
    if is_control and request.method not in SAFE_METHODS:
        _check_origin(request, address.base_url)
    elif not is_control and request.address is not None and credentials.is_for_servers:
        _check_origin_of_key(request, address.base_url)


def is_same_origin(request: Request, url: str, base_url: str | None) -> bool:
    """Returns whether a URL, or an Origin, has the scheme, host and port of the request.

    Those of ``base_url`` count too.
    """
    if request.address is None:
        host = request.headers.get("host", "")
        addresses = [f"http://{host}", f"https://{host}"]
    else:
        addresses = [request.address]
    # A proxy in front of the fake may speak another scheme than the fake does.
    own_origins = {_origin(address) for address in (*addresses, base_url or "")} - {None}
    return _origin(url) in own_origins


def _check_host(host: str, address: ServerAddress) -> None:
    if not host:
        return  # every browser sends a host
    name = _name(host)
    if name is None or not _is_known(name, address):
        raise ApiError(
            403,
            "fakeseam_forbidden_host",
            f"Host {host!r} is not allowed (DNS rebinding protection). Use localhost, or start"
            " the fake with --host NAME or --base-url http://NAME (FakeSeam(base_url=...) in"
            " Python).",
        )


def _is_known(name: str, address: ServerAddress) -> bool:
    """Returns whether a fake is reached under this name or number."""
    if _is_loopback(name) or _is_wildcard(name):
        return _is_loopback(name)
    if address.server_host is not None and _is_wildcard(address.server_host) and _is_ip(name):
        return True  # a number cannot be rebound
    hosts = (address.server_url, address.server_host, address.base_url)
    return name in {_name(_host_of(one)) for one in hosts if one is not None}


def _check_origin(request: Request, base_url: str | None) -> None:
    origin = request.headers.get("origin")
    is_foreign = origin is not None and not is_same_origin(request, origin, base_url)
    if is_foreign or request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        site = repr(origin) if origin else "another site"
        raise ApiError(
            403,
            "fakeseam_forbidden_origin",
            f"Web pages from {site} may not use the control API. Call it from the test, or use"
            " the page at /_fakeseam/.",
        )


def _check_origin_of_key(request: Request, base_url: str | None) -> None:
    """Refuses an API key or access token that a page of another site sends.

    Pages of this machine may send one: a developer's own app may do what it should not.
    """
    origin = request.headers.get("origin")
    if origin is None or is_same_origin(request, origin, base_url):
        return
    parsed = _origin(origin)
    if parsed is None or not _is_loopback(parsed[1]):
        raise ApiError(
            403,
            "fakeseam_forbidden_origin",
            f"Web pages from {origin!r} may not use an API key or a personal access token, which"
            " are for servers. In a browser use a client session token or a publishable key, or"
            " open the page under localhost.",
        )


# Hosts


def _host_of(address: str) -> str:
    """Returns the host of a URL; other text counts as a host, such as ``::1``."""
    try:
        return urlsplit(address).netloc if "://" in address else address
    except ValueError:
        return ""


@lru_cache(maxsize=64)  # each request asks, mostly for the same host
def _name(host: str) -> str | None:
    """Returns the name or IP address in a Host header, without the port; None if invalid."""
    host = host.strip().lower()
    if host.count(":") > 1 and not host.startswith("["):
        host = f"[{host}]"
    match = _HOST.fullmatch(host)
    if match is None:
        return None
    return match[1].strip("[]") if host.startswith("[") else match[1].removesuffix(".")


def _is_ip(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=64)
def _is_loopback(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


@lru_cache(maxsize=64)
def _is_wildcard(name: str) -> bool:
    try:
        return ip_address(name).is_unspecified
    except ValueError:
        return False


def _origin(url: str) -> Origin | None:
    """Returns the origin that browsers compare; None for ``null`` and other non-web origins."""
    try:
        parts = urlsplit(url)
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname, port

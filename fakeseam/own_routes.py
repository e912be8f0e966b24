"""Who may call the fake's own routes over HTTP: tools, and the fake's own pages; no web site.

They ask for no key, so a page that a developer happens to visit must not reach them: neither
under a name that it has pointed at this machine (DNS rebinding) nor by a form or a script that
sends a request across (CSRF).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from .errors import ApiError
from .wire import FORM, Request, media_type

__all__ = ["check", "is_form", "is_own", "is_own_origin"]

OWN_PATHS = ("/_fakeseam/", "/_fake/")
READING = ("GET", "HEAD", "OPTIONS")

# A host, bracketed if it is an IPv6 address, and perhaps a port.
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]*)?", re.ASCII)
_DEFAULT_PORTS = {"http": 80, "https": 443}

Origin = tuple[str, str, int | None]


def is_own(path: str) -> bool:
    """Whether this is no path of Seam's, but the fake's own."""
    return f"{path}/".startswith(OWN_PATHS)


def is_form(request: Request) -> bool:
    """Whether one of the fake's own pages posts this form: browsers say where a form stands."""
    is_posted = request.method == "POST" and media_type(request) == FORM
    return is_own(request.path) and is_posted and "origin" in request.headers


def check(request: Request, names: Iterable[str], base_url: str | None) -> None:
    """Raises a 403 for a request for one of the fake's own routes that may be a web site's.

    ``names`` are the addresses and hosts that the fake goes by, beside the loopback's and that
    of ``base_url``. In process there is nothing to rebind, so any host will do.
    """
    if not is_own(request.path):
        return
    if request.address is not None:
        _check_host(request.headers.get("host", ""), [*names, base_url or ""])
    if request.method not in READING:
        _check_origin(request, base_url)


def is_own_origin(request: Request, url: str, base_url: str | None) -> bool:
    """Whether a URL, or an Origin, has the scheme, host and port that the request went to."""
    if request.address is None:
        host = request.headers.get("host", "")
        addresses = [f"http://{host}", f"https://{host}"]
    else:
        addresses = [request.address]
    # A proxy in front of the fake may speak another scheme than the fake does.
    own = {_origin(address) for address in (*addresses, base_url or "")} - {None}
    return _origin(url) in own


def _check_host(host: str, names: Iterable[str]) -> None:
    if not host:
        return  # no browser leaves it out
    name = _name(host)
    known = {_name(one) for one in map(_host_of, names)} - {None}
    if name is None or not (_is_loopback(name) or (name in known and not _is_wildcard(name))):
        raise ApiError(
            403,
            "fakeseam_forbidden_host",
            f"this fake does not go by the name {host!r}, and a web site may have pointed a name"
            " of its own at it (DNS rebinding). Ask at localhost, or say what its name is:"
            " fakeseam serve --host NAME or --base-url http://NAME, fake.serve(host=NAME),"
            " FakeSeam(base_url=...). 0.0.0.0 and :: are no names",
        )


def _check_origin(request: Request, base_url: str | None) -> None:
    origin = request.headers.get("origin")
    is_foreign = origin is not None and not is_own_origin(request, origin, base_url)
    if is_foreign or request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        raise ApiError(
            403,
            "fakeseam_forbidden_origin",
            f"a page of {origin or 'another site'!r} may not pull the fake's levers: do it from"
            " the test or the app's server, or on the page at /_fakeseam/",
        )


# Hosts


def _host_of(address: str) -> str:
    """The host of a URL; anything else is taken as a host, as ``::1`` is."""
    try:
        return urlsplit(address).netloc if "://" in address else address
    except ValueError:
        return ""


def _name(host: str) -> str | None:
    """The name or the address in a Host header, without port; None if there is none."""
    host = host.strip().lower()
    if host.count(":") > 1 and not host.startswith("["):
        host = f"[{host}]"
    found = _HOST.fullmatch(host)
    if found is None:
        return None
    return found[1].strip("[]") if host.startswith("[") else found[1].removesuffix(".")


def _is_loopback(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _is_wildcard(name: str) -> bool:
    try:
        return ip_address(name).is_unspecified
    except ValueError:
        return False


def _origin(url: str) -> Origin | None:
    """What browsers compare; None for ``null`` and whatever else is no origin on the web."""
    try:
        parts = urlsplit(url)
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname, port

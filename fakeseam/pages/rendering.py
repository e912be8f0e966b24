"""From a template to a response: everything escaped, nothing loaded, nothing kept."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote

from ..wire import FORM, Request, Response, media_type

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["entries", "html", "see_other"]

# Printable ASCII: what may stand in a header as it is.
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


def entries(request: Request) -> dict[str, str]:
    """What the query and a posted form say; the last one of a name counts."""
    pairs = parse_qsl(request.query, keep_blank_values=True, errors="replace")
    if media_type(request) == FORM:
        body = request.body.decode("utf-8", "replace")
        pairs += parse_qsl(body, keep_blank_values=True, errors="replace")
    return dict(pairs)


def html(
    template: str,
    facts: Mapping[str, Any],
    *,
    status: int = 200,
    leads_on: bool = False,
    framing: str | None = None,
) -> Response:
    """A page. ``framing`` is who may show it in a frame, None for everybody.

    ``leads_on``: what answers its forms may be a redirect to somewhere else.
    """
    nonce = secrets.token_urlsafe(16)
    body = _templates().get_template(template).render(nonce=nonce, **facts)
    policy = {
        "default-src": "'none'",
        "style-src": f"'nonce-{nonce}'",
        "script-src": f"'nonce-{nonce}'",
        # The empty icon, without which a browser asks for /favicon.ico.
        "img-src": "data:",
        "base-uri": "'none'",
    }
    # Chromium holds every redirect that follows a form to ``form-action``, those among them that
    # the app's own callback makes, to whatever scheme: any list here would break an app.
    if not leads_on:
        policy["form-action"] = "'self'"
    if framing is not None:
        policy["frame-ancestors"] = framing
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": "; ".join(f"{name} {what}" for name, what in policy.items()),
        # Kept for going back, never for opening it anew.
        "Cache-Control": "private, no-cache",
        # Its own forms have to tell where they come from, other sites nothing.
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(status, headers, _whole(body).encode())


def see_other(url: str) -> Response:
    """Send the browser on, with a GET; what is not ASCII is quoted as browsers do it."""
    location = quote(_whole(url), safe=_PRINTABLE)
    return Response(303, {"Location": location, "Cache-Control": "no-store"}, b"")


def _whole(text: str) -> str:
    """With the replacement character for each lone surrogate, which JSON can carry: as browsers
    do it, since UTF-8 has no form of one."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(__package__ or ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

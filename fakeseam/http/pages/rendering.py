"""Responses made from templates: all values escaped, nothing loaded, nothing cached."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote

from ...schema.validation import replace_surrogates
from ..wire import FORM, Request, Response, media_type

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["entries", "html", "see_other"]

# Printable ASCII, which a header may have unquoted.
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


def entries(request: Request) -> dict[str, str]:
    """Returns the entries of the query and of a posted form; the last one of a name counts."""
    pairs = parse_qsl(request.query, keep_blank_values=True, errors="replace")
    if media_type(request) == FORM:
        body = request.body.decode("utf-8", "replace")
        pairs += parse_qsl(body, keep_blank_values=True, errors="replace")
    return dict(pairs)


def html(
    template: str,
    variables: Mapping[str, Any],
    *,
    status: int = 200,
    leads_on: bool = False,
    framing: str | None = None,
) -> Response:
    """Returns a page.

    ``framing`` is the value of ``frame-ancestors``: who may show it in a frame. None is every
    site. ``leads_on`` is whether posting its form may end in a redirect to another site.
    """
    nonce = secrets.token_urlsafe(16)
    body = _templates().get_template(template).render(nonce=nonce, **variables)
    policy = {
        "default-src": "'none'",
        "style-src": f"'nonce-{nonce}'",
        "script-src": f"'nonce-{nonce}'",
        # The empty icon; without it a browser requests /favicon.ico.
        "img-src": "data:",
        "base-uri": "'none'",
    }
    # Chromium applies ``form-action`` to every redirect after a form, also to those of the app's
    # own callback, which may have any scheme: a list here would break some app.
    if not leads_on:
        policy["form-action"] = "'self'"
    if framing is not None:
        policy["frame-ancestors"] = framing
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        # A browser may show it again for Back, but not for a new visit.
        "Cache-Control": "private, no-cache",
        # The page's own forms need a referrer; other sites get none.
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(status, headers, replace_surrogates(body).encode())


def see_other(url: str) -> Response:
    """Returns a redirect with GET; non-ASCII characters are quoted as browsers quote them."""
    location = quote(replace_surrogates(url), safe=_PRINTABLE)
    return Response(303, {"Location": location, "Cache-Control": "no-store"}, b"")


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

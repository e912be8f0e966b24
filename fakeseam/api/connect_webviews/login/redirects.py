"""The URL that a webview sends the browser to at the end of a login.

Source: docs.seam.co core-concepts/connect-webviews, on ``custom_redirect_url`` and
``custom_redirect_failure_url``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ...listing import quoted
from ..record import ConnectWebview
from .errors import LoginError

__all__ = ["Redirect", "after_failure", "after_success", "can_redirect", "refused_urls"]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# Schemes that a browser executes or displays instead of navigating.
_NEVER_FOLLOWED = ("javascript", "data", "vbscript")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Redirect:
    """The URL that the browser goes to, or None.

    ``refused`` is why the browser does not go to the webview's URL, which ``given`` then holds.
    """

    url: str | None = None
    refused: str | None = None
    given: str | None = None


def after_success(webview: ConnectWebview) -> Redirect:
    """Returns the redirect of a login that succeeded."""
    return _redirect(
        webview.custom_redirect_url, {"connect_webview_id": webview.connect_webview_id}
    )


def after_failure(webview: ConnectWebview, error: LoginError) -> Redirect:
    """Returns the redirect of a failed login: to the failure URL, else to the redirect URL."""
    params = {
        "connect_webview_id": webview.connect_webview_id,
        "error_code": error.code,
        "error_message": error.message,
    }
    return _redirect(webview.custom_redirect_failure_url or webview.custom_redirect_url, params)


def can_redirect(webview: ConnectWebview) -> bool:
    """Returns whether the page of this webview may redirect the browser to the app."""
    urls = (webview.custom_redirect_url, webview.custom_redirect_failure_url)
    return any(url and not _refusal_reason(url) for url in urls)


def refused_urls(webview: ConnectWebview) -> dict[str, str]:
    """Returns why the page does not redirect to a URL of the webview, by the URL's parameter.

    Unsourced: that Seam accepts such a URL. Its OpenAPI has only text there.
    """
    urls = {
        "custom_redirect_url": webview.custom_redirect_url,
        "custom_redirect_failure_url": webview.custom_redirect_failure_url,
    }
    reasons = {name: _refusal_reason(url) for name, url in urls.items() if url}
    return {name: reason for name, reason in reasons.items() if reason is not None}


def _scheme(url: str) -> str:
    return url.partition(":")[0].lower()


def _redirect(url: str | None, params: Mapping[str, str]) -> Redirect:
    if not url:
        return Redirect()
    reason = _refusal_reason(url)
    return Redirect(refused=reason, given=url) if reason else Redirect(_with_params(url, params))


def _refusal_reason(url: str) -> str | None:
    """Returns why the page does not redirect to a URL, or None. An app may have its own scheme.

    Unsourced: what Seam does with such a URL.
    """
    if _CONTROL.search(url):
        return "it has control characters in it"
    if _SCHEME.match(url) is None:
        return "it does not begin with a scheme such as https://"
    return f"it begins with {_scheme(url)}:" if _scheme(url) in _NEVER_FOLLOWED else None


def _with_params(url: str, params: Mapping[str, str]) -> str:
    """Returns the URL with these parameters after its own, and with its fragment.

    Unsourced: that the URL's own query and fragment are kept.
    """
    base, hash_sign, fragment = url.partition("#")
    separator = "" if base.endswith(("?", "&")) else "&" if "?" in base else "?"
    query = "&".join(f"{name}={quoted(value)}" for name, value in params.items())
    return f"{base}{separator}{query}{hash_sign}{fragment}"

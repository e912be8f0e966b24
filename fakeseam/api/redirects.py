"""Where a webview sends the browser at its end.

Source: docs.seam.co core-concepts/connect-webviews, on ``custom_redirect_url`` and
``custom_redirect_failure_url``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .listing import quoted
from .login_errors import LoginError
from .records import ConnectWebview

__all__ = ["Redirect", "after_failure", "after_success", "leads_on"]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# What a browser would carry out instead of going there.
_NEVER_FOLLOWED = ("javascript", "data", "vbscript")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Redirect:
    """The URL to go to, None where there is none.

    ``refused`` says why one is not gone to, ``given`` is that one as the webview has it.
    """

    url: str | None = None
    refused: str | None = None
    given: str | None = None


def after_success(webview: ConnectWebview) -> Redirect:
    """Where a login leads that succeeded."""
    said = {"connect_webview_id": webview.connect_webview_id}
    return _redirect(webview.custom_redirect_url, said)


def after_failure(webview: ConnectWebview, error: LoginError) -> Redirect:
    """Where a failed login leads: the failure URL, else the other one, else nowhere."""
    said = {
        "connect_webview_id": webview.connect_webview_id,
        "error_code": error.code,
        "error_message": error.message,
    }
    return _redirect(webview.custom_redirect_failure_url or webview.custom_redirect_url, said)


def leads_on(webview: ConnectWebview) -> bool:
    """Whether the page of this webview may send a browser somewhere else."""
    urls = (webview.custom_redirect_url, webview.custom_redirect_failure_url)
    return any(url and not _refused(url) for url in urls)


def _scheme(url: str) -> str:
    return url.partition(":")[0].lower()


def _redirect(url: str | None, said: Mapping[str, str]) -> Redirect:
    if not url:
        return Redirect()
    refused = _refused(url)
    return Redirect(refused=refused, given=url) if refused else Redirect(_with(url, said))


def _refused(url: str) -> str | None:
    """Why a URL is not one to send a browser to; an app's own scheme, as in myapp://, is.

    Unsourced: what Seam does with such a URL.
    """
    if _CONTROL.search(url):
        return "it has control characters in it"
    if _SCHEME.match(url) is None:
        return "it does not begin with a scheme such as https://"
    return f"it begins with {_scheme(url)}:" if _scheme(url) in _NEVER_FOLLOWED else None


def _with(url: str, said: Mapping[str, str]) -> str:
    """The URL with more parameters after its own, and its fragment where it was.

    Unsourced: that the URL's own query and fragment are kept.
    """
    base, hash_sign, fragment = url.partition("#")
    joint = "" if base.endswith(("?", "&")) else "&" if "?" in base else "?"
    query = "&".join(f"{name}={quoted(value)}" for name, value in said.items())
    return f"{base}{joint}{query}{hash_sign}{fragment}"

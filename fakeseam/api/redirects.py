"""Where a webview sends the browser at its end.

Source: docs.seam.co core-concepts/connect-webviews, on ``custom_redirect_url`` and
``custom_redirect_failure_url``.
"""

from __future__ import annotations

from collections.abc import Mapping

from .listing import quoted
from .records import ConnectWebview

__all__ = ["CUSTOMER_CONFLICT", "LOGIN_ERRORS", "failure_url"]

CUSTOMER_CONFLICT = "account_already_associated_with_customer"

# Unsourced: Seam names the parameters error_code and error_message, not their values.
LOGIN_ERRORS = {
    "invalid_credentials": "The email or password is not correct",
    "invalid_two_factor_code": "The verification code is not correct",
    CUSTOMER_CONFLICT: "The account is already associated with another customer",
    "connect_webview_already_used": "This Connect Webview has already been used",
    "unknown_error": "Something went wrong",
}


def failure_url(webview: ConnectWebview, error_code: str, error_message: str) -> str | None:
    """Where a failed login leads: the failure URL, else the other one, else nowhere."""
    url = webview.custom_redirect_failure_url or webview.custom_redirect_url
    if url is None:
        return None
    said = {
        "connect_webview_id": webview.connect_webview_id,
        "error_code": error_code,
        "error_message": error_message,
    }
    return _with(url, said)


def _with(url: str, said: Mapping[str, str]) -> str:
    """The URL with more parameters after its own, and its fragment where it was.

    Unsourced: that the URL's own query and fragment are kept.
    """
    base, hash_sign, fragment = url.partition("#")
    joint = "" if base.endswith(("?", "&")) else "&" if "?" in base else "?"
    query = "&".join(f"{name}={quoted(value)}" for name, value in said.items())
    return f"{base}{joint}{query}{hash_sign}{fragment}"

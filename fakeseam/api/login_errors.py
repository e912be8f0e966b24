"""What can come of a login: a table of errors, and what to type in a sandbox to meet each.

Source: docs.seam.co core-concepts/connect-webviews names the parameters ``error_code`` and
``error_message`` of a redirect, and says that a wrong password is shown in the webview while an
unexpected error leads to the failure URL.
Unsourced: the codes and their messages, and every sandbox entry that fails; Seam documents only
logins that succeed. Nothing that it documents as succeeding fails here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = [
    "ALREADY_USED",
    "CUSTOMER_CONFLICT",
    "LOGIN_ERRORS",
    "LoginError",
    "SLOW",
    "SLOW_LOGIN_S",
    "UNKNOWN",
    "WRONG_CODE",
    "WRONG_CREDENTIALS",
    "provoked",
]

# Typed in place of a password, or into another of the brand's own fields: the provider takes
# its time, and lets the user in after so many seconds of the fake's clock.
SLOW = "slow"
SLOW_LOGIN_S = 30


@dataclass(frozen=True)
class LoginError:
    """``typed`` is the sandbox entry, in place of a password, that brings it about.

    An unexpected error ends the visit and leads to the failure URL; any other is shown beside
    the fields, for another try.
    """

    code: str
    message: str
    caused_by: str
    typed: str | None = None
    is_unexpected: bool = False


_ROWS = (
    LoginError(
        "invalid_credentials",
        "What was entered is not correct",
        "any other address, password or key than a sandbox login's, such as `wrong`",
    ),
    LoginError(
        "invalid_two_factor_code",
        "The verification code is not correct",
        "any other code than `123456`",
    ),
    LoginError(
        "account_locked",
        "This account is locked; unlock it with the provider first",
        "the password `locked`",
        typed="locked",
    ),
    LoginError(
        "provider_unavailable",
        "The provider cannot be reached",
        "the password `down`",
        typed="down",
        is_unexpected=True,
    ),
    LoginError(
        "account_already_associated_with_customer",
        "The account is already associated with another customer",
        "a login that works, for an account that is connected for another customer",
        is_unexpected=True,
    ),
    LoginError(
        "connect_webview_already_used",
        "This Connect Webview has already been used",
        "anything, at a webview at which somebody has signed in",
        is_unexpected=True,
    ),
    LoginError(
        "unknown_error",
        "Something went wrong",
        "nothing: the account is deleted while the page waits for its devices, or"
        " `fake.fail_connect_webview(webview, \"unknown_error\")`",
        is_unexpected=True,
    ),
)

LOGIN_ERRORS: Mapping[str, LoginError] = {row.code: row for row in _ROWS}

WRONG_CREDENTIALS = "invalid_credentials"
WRONG_CODE = "invalid_two_factor_code"
CUSTOMER_CONFLICT = "account_already_associated_with_customer"
ALREADY_USED = "connect_webview_already_used"
UNKNOWN = "unknown_error"


def provoked(entries: Iterable[str | None]) -> str | None:
    """The code of the error that one of these entries asks for, or None."""
    typed = {entry for entry in entries if entry}
    return next((row.code for row in _ROWS if row.typed in typed), None)

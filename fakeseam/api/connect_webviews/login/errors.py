"""The errors of a login, and the sandbox entries that cause them.

Source: docs.seam.co core-concepts/connect-webviews. It names the parameters ``error_code`` and
``error_message`` of a redirect. It shows a wrong password in the webview, and sends the browser
to the failure URL after an unexpected error.
Unsourced: the codes, their messages, and every sandbox entry that fails. Seam documents only
logins that succeed; all of those succeed here.
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
    "provoked_error",
]

# The entry that makes a login slow, as a password or in one of the brand's own fields. The login
# succeeds after this many seconds of the fake's clock.
SLOW = "slow"
SLOW_LOGIN_S = 30


@dataclass(frozen=True)
class LoginError:
    """An error of a login. ``typed`` is the sandbox entry that causes it, used as a password.

    An unexpected error ends the visit and leads to the failure URL. The page shows any other
    error with the fields, and the user can try again.
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
        "anything, at a webview that a login has used",
        is_unexpected=True,
    ),
    LoginError(
        "unknown_error",
        "Something went wrong",
        "no entry: the account is deleted while the page waits for its devices, or"
        ' `fake.fail_connect_webview(webview, "unknown_error")`',
        is_unexpected=True,
    ),
)

LOGIN_ERRORS: Mapping[str, LoginError] = {row.code: row for row in _ROWS}

WRONG_CREDENTIALS = "invalid_credentials"
WRONG_CODE = "invalid_two_factor_code"
CUSTOMER_CONFLICT = "account_already_associated_with_customer"
ALREADY_USED = "connect_webview_already_used"
UNKNOWN = "unknown_error"


def provoked_error(entries: Iterable[str | None]) -> str | None:
    """Returns the code of the error that one of these entries causes, or None."""
    typed = {entry for entry in entries if entry}
    return next((row.code for row in _ROWS if row.typed in typed), None)

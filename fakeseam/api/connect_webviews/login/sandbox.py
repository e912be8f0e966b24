"""The credentials that a sandbox login accepts.

Source: docs.seam.co, sandbox and sample data, and the brands' sandbox pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .errors import SLOW, WRONG_CODE, WRONG_CREDENTIALS, provoked_error
from .fields import SANDBOX_CODE, SANDBOX_IDENTIFIER, SANDBOX_PASSWORD, Field
from .forms import extras_of
from .provider_catalog import Provider

__all__ = ["credentials_error", "is_slow", "checks_credentials"]


def credentials_error(
    provider: Provider,
    *,
    identifier: str | None,
    password: str | None,
    code: str | None,
    extras: Mapping[str, str],
) -> str | None:
    """Returns the code of a sandbox login's error, or None if it succeeds.

    Checks only fields that the provider's login has, and checks the others than the identifier
    only if they are filled in.
    """
    # Unsourced, error names included: no documented login fails. The guides list some
    # addresses, but any address at example.com works for most brands.
    if not _accepts_identifier(provider, identifier):
        return WRONG_CREDENTIALS
    error = provoked_error(_secrets(provider, password, extras))
    if error is not None:
        return error
    if not _accepts_password(provider, password) or not _accepts_extras(provider, extras):
        return WRONG_CREDENTIALS
    return WRONG_CODE if code not in (None, SANDBOX_CODE) else None


def is_slow(provider: Provider, *, password: str | None, extras: Mapping[str, str]) -> bool:
    """Returns whether these credentials make the login slow."""
    return SLOW in _secrets(provider, password, extras)


def checks_credentials(provider: Provider) -> bool:
    """Returns whether a sandbox login checks anything in addition to the user's identifier."""
    return provider.has_password or bool(extras_of(provider.key))


def _secrets(
    provider: Provider, password: str | None, extras: Mapping[str, str]
) -> list[str | None]:
    """Returns the entries that may cause a result: the password, and wrong entries elsewhere."""
    wrong = [value for field, value in _filled(provider, extras) if not field.takes(value)]
    return [password if provider.has_password else None, *wrong]


def _accepts_identifier(provider: Provider, identifier: str | None) -> bool:
    if provider.login in ("site", "none"):
        return True
    return re.fullmatch(SANDBOX_IDENTIFIER, identifier or "") is not None


def _accepts_password(provider: Provider, password: str | None) -> bool:
    return not provider.has_password or password in (None, SANDBOX_PASSWORD, SLOW)


def _accepts_extras(provider: Provider, extras: Mapping[str, str]) -> bool:
    return all(value == SLOW or field.takes(value) for field, value in _filled(provider, extras))


def _filled(provider: Provider, extras: Mapping[str, str]) -> list[tuple[Field, str]]:
    """Returns the entries of the brand's own fields, without blanks, which forms send too."""
    fields = extras_of(provider.key)
    return [(field, extras[name]) for name, field in fields.items() if extras.get(name)]

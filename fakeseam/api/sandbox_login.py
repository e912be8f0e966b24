"""Which logins a sandbox takes.

Source: docs.seam.co, sandbox and sample data, and the brands' sandbox pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .login_errors import SLOW, WRONG_CODE, WRONG_CREDENTIALS, provoked
from .login_fields import SANDBOX_CODE, SANDBOX_IDENTIFIER, SANDBOX_PASSWORD, Field
from .login_forms import extras_of
from .provider_catalogue import Provider

__all__ = ["credentials_error", "is_slow", "judges"]


def credentials_error(
    provider: Provider,
    *,
    identifier: str | None,
    password: str | None,
    code: str | None,
    extras: Mapping[str, str],
) -> str | None:
    """The error of a sandbox login, or None when it succeeds.

    Only fields that the provider's login has are looked at, and all but the identifier
    only if they were filled in.
    """
    # Unsourced, error names included: no documented login fails. The addresses that the
    # guides list are not exclusive, as any at example.com works for most brands.
    if not _accepts_identifier(provider, identifier):
        return WRONG_CREDENTIALS
    error = provoked(_secrets(provider, password, extras))
    if error is not None:
        return error
    if not _accepts_password(provider, password) or not _accepts_extras(provider, extras):
        return WRONG_CREDENTIALS
    return WRONG_CODE if code not in (None, SANDBOX_CODE) else None


def is_slow(provider: Provider, *, password: str | None, extras: Mapping[str, str]) -> bool:
    """Whether these credentials are those of a provider that takes its time."""
    return SLOW in _secrets(provider, password, extras)


def judges(provider: Provider) -> bool:
    """Whether a sandbox login asks for anything that could be wrong beside who the user is."""
    return provider.has_password or bool(extras_of(provider.key))


def _secrets(
    provider: Provider, password: str | None, extras: Mapping[str, str]
) -> list[str | None]:
    """What may ask for an outcome: the password, and own entries that are wrong anyway."""
    own = [value for field, value in _filled(provider, extras) if not field.takes(value)]
    return [password if provider.has_password else None, *own]


def _accepts_identifier(provider: Provider, identifier: str | None) -> bool:
    if provider.login in ("site", "none"):
        return True
    return re.fullmatch(SANDBOX_IDENTIFIER, identifier or "") is not None


def _accepts_password(provider: Provider, password: str | None) -> bool:
    return not provider.has_password or password in (None, SANDBOX_PASSWORD, SLOW)


def _accepts_extras(provider: Provider, extras: Mapping[str, str]) -> bool:
    return all(value == SLOW or field.takes(value) for field, value in _filled(provider, extras))


def _filled(provider: Provider, extras: Mapping[str, str]) -> list[tuple[Field, str]]:
    """The brand's own entries. A blank is a field left alone: forms send empty strings."""
    fields = extras_of(provider.key)
    return [(field, extras[name]) for name, field in fields.items() if extras.get(name)]

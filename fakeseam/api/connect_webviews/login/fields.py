"""The parts of a login's form: fields and steps, and the entries of every sandbox login.

``forms.py`` has the steps of each brand, with the fields that it asks for, such as the password.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = [
    "ACCOUNT",
    "CODE",
    "SANDBOX_CODE",
    "SANDBOX_DOMAIN",
    "SANDBOX_IDENTIFIER",
    "SANDBOX_PASSWORD",
    "SANDBOX_USERNAME",
    "Field",
    "Form",
    "Step",
]

# The entries that every sandbox login accepts: docs.seam.co, sandbox and sample data.
SANDBOX_DOMAIN = "example.com"
SANDBOX_USERNAME = "jane"
SANDBOX_PASSWORD = "1234"
SANDBOX_CODE = "123456"
# The user: any address at the domain, or the username. Surrounding blanks and the letter case of
# the domain do not count.
SANDBOX_IDENTIFIER = rf"\s*(?:{SANDBOX_USERNAME}|[^@\s]+@(?i:{re.escape(SANDBOX_DOMAIN)}))\s*"

# The names of the steps that a failed login returns to.
ACCOUNT = "account"
CODE = "code"


@dataclass(frozen=True)
class Field:
    """One field of a form.

    ``accepts`` is the pattern of the entries that a sandbox login accepts, or None for any entry.
    ``works`` describes them to the user. ``choices`` are the items of a list to choose from.
    """

    name: str
    label: str
    works: str = ""
    accepts: str | None = None
    kind: str = "text"
    choices: tuple[str, ...] = ()
    prefilled: str = ""
    is_required: bool = True
    autocomplete: str = "off"

    def takes(self, value: str) -> bool:
        """Returns whether a sandbox login succeeds with this entry."""
        return self.accepts is None or re.fullmatch(self.accepts, value) is not None


@dataclass(frozen=True)
class Step:
    """One page of a login. ``button`` is the text of its button."""

    name: str
    title: str
    fields: tuple[Field, ...]
    button: str = "Continue"


@dataclass(frozen=True)
class Form:
    """The entries that a brand requires in addition to the user's credentials.

    ``before`` and ``after`` are pages around the page with the credentials, which also has the
    ``account_fields``. ``labels`` are the brand's labels of the usual fields. ``address`` is the
    field that distinguishes two sites, ``site`` or ``api_url``.
    """

    before: tuple[Step, ...] = ()
    account_fields: tuple[Field, ...] = ()
    after: tuple[Step, ...] = ()
    labels: Mapping[str, str] | None = None
    address: Field | None = None

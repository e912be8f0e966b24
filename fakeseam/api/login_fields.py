"""What a login's form is made of: fields, steps, and what every sandbox login takes."""

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

# What every sandbox login takes: docs.seam.co, sandbox and sample data.
SANDBOX_DOMAIN = "example.com"
SANDBOX_USERNAME = "jane"
SANDBOX_PASSWORD = "1234"
SANDBOX_CODE = "123456"
# The user: any address there, or the one name. Blanks around it and letter case in an address
# do not count.
SANDBOX_IDENTIFIER = (
    rf"\s*(?:{SANDBOX_USERNAME}|[^@\s]+@(?i:{re.escape(SANDBOX_DOMAIN)}))\s*"
)

# The steps that a failed login goes back to.
ACCOUNT = "account"
CODE = "code"


@dataclass(frozen=True)
class Field:
    """One entry of a form. ``accepts`` is the pattern of what a sandbox login takes there, None
    for anything; ``works`` says so to the user. One with ``choices`` is picked from a list."""

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
        """Whether a sandbox login succeeds with this entry."""
        return self.accepts is None or re.fullmatch(self.accepts, value) is not None


@dataclass(frozen=True)
class Step:
    """One page of a login; ``button`` is what its button says."""

    name: str
    title: str
    fields: tuple[Field, ...]
    button: str = "Continue"


@dataclass(frozen=True)
class Form:
    """What a brand asks for beside who the user is: on pages before and after, and there.

    ``labels`` are the brand's own words for the usual fields; ``address`` names the field that
    tells two sites apart, ``site`` or ``api_url``.
    """

    before: tuple[Step, ...] = ()
    beside: tuple[Field, ...] = ()
    after: tuple[Step, ...] = ()
    labels: Mapping[str, str] | None = None
    address: Field | None = None

"""One request of a browser for the page of a webview: the webview, and the entries so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..api.connect_webviews.login.errors import SLOW_LOGIN_S
from ..api.connect_webviews.login.fields import Field, Step
from ..api.connect_webviews.login.providers import PROVIDERS, offered
from ..api.connect_webviews.login.redirects import can_redirect
from ..api.connect_webviews.login.sign_in import Login
from ..api.connect_webviews.record import ConnectWebview
from ..core.clock import format_timestamp, to_ms
from .context import ControlContext

__all__ = ["Visit"]

# The entries that identify the user, and the two secrets; all others are the brand's own.
_USUAL = ("email", "username", "site", "api_url", "password", "code")


@dataclass(frozen=True)
class Visit:
    """One request of a browser for the page of one webview.

    ``ctx`` is in the webview's workspace. ``step`` is the step of the login whose form was
    posted. ``typed`` are the entries of all steps so far. ``since`` is the time at which the
    user began to wait.
    """

    ctx: ControlContext
    webview: ConnectWebview
    step: str | None
    provider: str | None
    search: str
    typed: Mapping[str, str]
    since: str | None

    @property
    def is_posted(self) -> bool:
        return self.ctx.method == "POST"

    @property
    def choices(self) -> tuple[str, ...]:
        return offered(self.webview.accepted_providers)

    def pane(self, name: str, *, status: int = 200, **members: Any) -> dict[str, Any]:
        """Returns a pane: its members, those of every pane, and the HTTP status of its page."""
        webview = self.webview
        return {
            "name": name,
            "status": status,
            "webview": {
                "connect_webview_id": webview.connect_webview_id,
                "auth_token": webview.auth_token,
                "customer_key": webview.customer_key,
                "custom_metadata": dict(webview.custom_metadata),
                "custom_redirect_url": webview.custom_redirect_url,
                "custom_redirect_failure_url": webview.custom_redirect_failure_url,
                "leads_on": can_redirect(webview),
            },
            "inviter": webview.inviter,
            "is_sandbox": self.ctx.workspace.is_sandbox,
            "customization": dict(webview.customization),
            **members,
        }

    # The entries

    @property
    def brand(self) -> dict[str, str]:
        key = str(self.provider)
        return {"key": key, "display_name": PROVIDERS[key].display_name}

    @property
    def login(self) -> Login:
        """The entries as a login, without blank ones."""
        typed = {name: value for name, value in self.typed.items() if value.strip()}
        usual: dict[str, Any] = {name: typed[name] for name in _USUAL if name in typed}
        if "@" not in usual.get("email", "@"):  # a brand that takes either
            usual["username"] = usual.pop("email")
        extras = {name: value for name, value in typed.items() if name not in _USUAL}
        return replace(Login(str(self.provider), extras=extras), **usual)

    def only(self, steps: Sequence[Step]) -> Visit:
        """Returns the visit with the entries that these steps have fields for."""
        known = {field.name for step in steps for field in step.fields}
        typed = {name: value for name, value in self.typed.items() if name in known}
        return replace(self, typed=typed)

    def field_errors(self, step: Step) -> dict[str, str]:
        """Returns what is wrong with the entries of a step; credentials are not checked."""
        errors = {
            field.name: _field_error(field, self.typed.get(field.name, ""))
            for field in step.fields
        }
        return {name: error for name, error in errors.items() if error is not None}

    # Waiting for a slow provider

    @property
    def waits_since(self) -> str:
        """The time at which the wait began: that of the form, else now."""
        return self.ctx.now() if self._began is None else str(self.since)

    @property
    def waits_until(self) -> str:
        """The time at which the provider responds, by the fake's clock."""
        began = self.ctx.clock.ms() if self._began is None else self._began
        return format_timestamp(began + SLOW_LOGIN_S * 1000)

    @property
    def has_waited(self) -> bool:
        now, began = self.ctx.clock.ms(), self._began
        return began is not None and now - began >= SLOW_LOGIN_S * 1000

    @property
    def _began(self) -> int | None:
        """The form's time in milliseconds; None without a valid one."""
        try:
            return None if self.since is None else to_ms(self.since)
        except ValueError:
            return None


def _field_error(field: Field, value: str) -> str | None:
    if field.is_required and not value.strip():
        return f"{field.label} is missing"
    if field.choices and value not in field.choices:
        return f"{field.label}: choose one of {', '.join(field.choices)}"
    return None

"""One request of a browser for a webview's page: which webview, and what was typed so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..api.call import Call
from ..api.login import Login
from ..api.login_errors import SLOW_LOGIN_S
from ..api.login_fields import Field, Step
from ..api.providers import PROVIDERS, offered
from ..api.records import ConnectWebview
from ..api.redirects import leads_on
from ..core.clock import stamp, to_ms

__all__ = ["Visit"]

# The entries that tell who the user is, and the two secrets; all others are the brand's own.
_USUAL = ("email", "username", "site", "api_url", "password", "code")


@dataclass(frozen=True)
class Visit:
    """One request of a browser for the page of one webview.

    ``call`` is inside of the webview's workspace. ``step`` is the step of the login that was
    filled in, ``typed`` are the entries of all steps so far, ``since`` is when the wait began.
    """

    call: Call
    webview: ConnectWebview
    step: str | None
    provider: str | None
    search: str
    typed: Mapping[str, str]
    since: str | None

    @property
    def is_posted(self) -> bool:
        return self.call.method == "POST"

    @property
    def choices(self) -> tuple[str, ...]:
        return offered(self.webview.accepted_providers)

    def pane(self, name: str, *, status: int = 200, **facts: Any) -> dict[str, Any]:
        """The pane with what every pane needs, and the HTTP status that it is shown with."""
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
                "leads_on": leads_on(webview),
            },
            "inviter": webview.inviter,
            "is_sandbox": self.call.workspace.is_sandbox,
            "customization": dict(webview.customization),
            **facts,
        }

    # What was typed

    @property
    def brand(self) -> dict[str, str]:
        key = str(self.provider)
        return {"key": key, "display_name": PROVIDERS[key].display_name}

    @property
    def login(self) -> Login:
        """The entries as a login; blank ones count as left out."""
        typed = {name: value for name, value in self.typed.items() if value.strip()}
        usual: dict[str, Any] = {name: typed[name] for name in _USUAL if name in typed}
        if "@" not in usual.get("email", "@"):  # a brand that takes either
            usual["username"] = usual.pop("email")
        extras = {name: value for name, value in typed.items() if name not in _USUAL}
        return replace(Login(str(self.provider), extras=extras), **usual)

    def only(self, steps: Sequence[Step]) -> Visit:
        """The visit with the entries that these steps have fields for."""
        known = {field.name for step in steps for field in step.fields}
        typed = {name: value for name, value in self.typed.items() if name in known}
        return replace(self, typed=typed)

    def faults(self, step: Step) -> dict[str, str]:
        """What is wrong with the entries of a step, whatever the credentials are."""
        said = {field.name: _fault(field, self.typed.get(field.name, "")) for field in step.fields}
        return {name: fault for name, fault in said.items() if fault is not None}

    # How long the user has waited for a provider that takes its time

    @property
    def waits_since(self) -> str:
        """When the wait began: now, unless the form says."""
        return self.call.now() if self._began is None else str(self.since)

    @property
    def waits_until(self) -> str:
        """When the provider answers, by the fake's clock."""
        began = self.call.world.clock.ms() if self._began is None else self._began
        return stamp(began + SLOW_LOGIN_S * 1000)

    @property
    def has_waited(self) -> bool:
        now, began = self.call.world.clock.ms(), self._began
        return began is not None and now - began >= SLOW_LOGIN_S * 1000

    @property
    def _began(self) -> int | None:
        """In milliseconds; None unless the form says so legibly."""
        try:
            return None if self.since is None else to_ms(self.since)
        except ValueError:
            return None


def _fault(field: Field, value: str) -> str | None:
    if field.is_required and not value.strip():
        return f"{field.label} is missing"
    if field.choices and value not in field.choices:
        return f"{field.label}: choose one of {', '.join(field.choices)}"
    return None

"""``fake.aio``: the control methods in a form that is awaited, for asynchronous tests.

Each one awaits the asynchronous senders of the webhooks that it causes, on its caller's event
loop, which a plain call could not.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from ..api.webhooks.deliveries import WebhookDelivery
from ..core.clock import Clock
from ..errors import OUTCOMES, is_outcome
from .arguments import refuse_none
from .assertions import TIMEOUT_S
from .context import ControlCaller
from .journal import LoggedRequest
from .methods import ControlMethods

if TYPE_CHECKING:
    from ..types import Event

__all__ = ["AWAITABLE", "Aio", "AioClock", "AioEvents", "AioRequests", "AioWebhooks"]

__tracebackhide__ = is_outcome

P = ParamSpec("P")
T = TypeVar("T")


def _awaited(
    method: Callable[Concatenate[ControlMethods, P], T],
) -> Callable[Concatenate[Aio, P], Coroutine[Any, Any, T]]:
    """Returns the awaitable form of a control method; ``FakeSeam`` defines some of them."""

    @wraps(method)
    async def call(self: Aio, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            async with self._engine.awaiting():
                result: T = getattr(self._fake, method.__name__)(*args, **kwargs)
                return result
        except OUTCOMES as outcome:
            raise outcome.with_traceback(None) from None

    return call


class AioClock:
    """The awaitable form of ``fake.clock``."""

    def __init__(self, engine: ControlCaller, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    async def advance(self, by: timedelta | float) -> None:
        """Moves the clock as ``fake.clock.advance`` does."""
        await self._engine.call_control_async(
            "clock/advance", seconds=self._clock.span(by) / 1000
        )


class AioEvents:
    """The awaitable form of ``fake.events``."""

    def __init__(self, engine: ControlCaller) -> None:
        self._engine = engine

    async def wait_for(
        self, event_type: str, *, times: int = 1, timeout: float = TIMEOUT_S, **fields: object
    ) -> Event:
        """Waits as ``fake.events.wait_for`` does, while the event loop goes on."""
        refuse_none(times=times, timeout=timeout)
        body = await self._engine.call_control_async(
            "events/wait_for", event_type=event_type, fields=fields, times=times, timeout=timeout
        )
        return cast("Event", body["event"])


class AioRequests:
    """The awaitable form of ``fake.requests``."""

    def __init__(self, engine: ControlCaller) -> None:
        self._engine = engine

    async def wait_for(
        self, route: str, *, times: int = 1, timeout: float = TIMEOUT_S, **params: object
    ) -> LoggedRequest:
        """Waits as ``fake.requests.wait_for`` does, while the event loop goes on."""
        refuse_none(times=times, timeout=timeout)
        body = await self._engine.call_control_async(
            "requests/wait_for", route=route, params=params, times=times, timeout=timeout
        )
        return LoggedRequest.from_json(body["request"])


class AioWebhooks:
    """The awaitable form of ``fake.webhooks``."""

    def __init__(self, engine: ControlCaller) -> None:
        self._engine = engine

    async def settle(self) -> None:
        """Hands over every delivery; returns when no attempt is in flight."""
        await self._engine.call_control_async("webhooks/settle")

    async def wait_for(
        self,
        event_type: str,
        *,
        url: str | None = None,
        times: int = 1,
        timeout: float = TIMEOUT_S,
        **fields: object,
    ) -> WebhookDelivery:
        """Waits as ``fake.webhooks.wait_for`` does, while the event loop goes on."""
        refuse_none(times=times, timeout=timeout)
        sent = {"event_type": event_type, "url": url, "fields": fields, "times": times}
        body = await self._engine.call_control_async("webhooks/wait_for", **sent, timeout=timeout)
        return WebhookDelivery.from_json(body["delivery"])


class Aio:
    """The awaitable forms: ``await fake.aio.connect_account(...)``.

    A method takes and returns what the method of ``fake`` does that has its name.
    """

    def __init__(self, fake: ControlMethods, engine: ControlCaller, clock: Clock) -> None:
        self._fake, self._engine = fake, engine
        self.clock: AioClock = AioClock(engine, clock)
        self.events: AioEvents = AioEvents(engine)
        self.requests: AioRequests = AioRequests(engine)
        self.webhooks: AioWebhooks = AioWebhooks(engine)

    def __repr__(self) -> str:
        return f"<the awaitable forms of {self._fake!r}>"

    complete_connect_webview = _awaited(ControlMethods.complete_connect_webview)
    fail_connect_webview = _awaited(ControlMethods.fail_connect_webview)
    webview_redirect_url = _awaited(ControlMethods.webview_redirect_url)
    connect_account = _awaited(ControlMethods.connect_account)
    reconnect_account = _awaited(ControlMethods.reconnect_account)
    disconnect_account = _awaited(ControlMethods.disconnect_account)
    request_reauthorization = _awaited(ControlMethods.request_reauthorization)
    sync_account = _awaited(ControlMethods.sync_account)
    set_provider_devices = _awaited(ControlMethods.set_provider_devices)
    add_account_error = _awaited(ControlMethods.add_account_error)
    add_account_warning = _awaited(ControlMethods.add_account_warning)
    clear_account_error = _awaited(ControlMethods.clear_account_error)
    clear_account_warning = _awaited(ControlMethods.clear_account_warning)
    add_device_error = _awaited(ControlMethods.add_device_error)
    add_device_warning = _awaited(ControlMethods.add_device_warning)
    clear_device_error = _awaited(ControlMethods.clear_device_error)
    clear_device_warning = _awaited(ControlMethods.clear_device_warning)
    create_connect_webview = _awaited(ControlMethods.create_connect_webview)
    hold_device = _awaited(ControlMethods.hold_device)
    release_device = _awaited(ControlMethods.release_device)
    fail_next_step = _awaited(ControlMethods.fail_next_step)
    enter_code = _awaited(ControlMethods.enter_code)
    turn_lock = _awaited(ControlMethods.turn_lock)
    set_battery = _awaited(ControlMethods.set_battery)
    tamper = _awaited(ControlMethods.tamper)
    door = _awaited(ControlMethods.door)
    update_action_attempt = _awaited(ControlMethods.update_action_attempt)
    create_unmanaged_access_code = _awaited(ControlMethods.create_unmanaged_access_code)
    change_access_code = _awaited(ControlMethods.change_access_code)
    remove_access_code = _awaited(ControlMethods.remove_access_code)
    add_access_code_error = _awaited(ControlMethods.add_access_code_error)
    add_access_code_warning = _awaited(ControlMethods.add_access_code_warning)
    clear_access_code_error = _awaited(ControlMethods.clear_access_code_error)
    clear_access_code_warning = _awaited(ControlMethods.clear_access_code_warning)
    emit = _awaited(ControlMethods.emit)
    create_workspace = _awaited(ControlMethods.create_workspace)
    create_client_session = _awaited(ControlMethods.create_client_session)
    create_personal_access_token = _awaited(ControlMethods.create_personal_access_token)
    snapshot = _awaited(ControlMethods.snapshot)
    restore = _awaited(ControlMethods.restore)
    dump = _awaited(ControlMethods.dump)
    load = _awaited(ControlMethods.load)
    reset = _awaited(ControlMethods.reset)


# The control endpoints whose methods have an awaitable form.
AWAITABLE = frozenset(name for name in vars(Aio) if not name.startswith("_")) | {
    "clock/advance",
    "events/wait_for",
    "requests/wait_for",
    "webhooks/settle",
    "webhooks/wait_for",
}

"""The webhook dispatcher makes the attempts that are due: by senders, or over HTTP.

A sender runs in the calling thread, HTTP in a thread of its own. Only reading what is due and
recording results takes the lock. The fake's clock decides when; there are no real timers.
"""

from __future__ import annotations

import inspect
import json
import threading
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

from ..api.webhooks import retries
from ..api.webhooks.record import DELIVERIES
from ..control.journal import Journal
from ..core.clock import Clock, format_timestamp
from ..core.lock import NonReentrantLock
from ..core.store import Store
from ..errors import MisuseError
from .attempt import InFlightAttempt, InvalidSenderResult
from .delivery_targets import DeliveryTargets
from .in_flight import DEADLOCK_REASONS, DELIVERY_LOOP_LIMIT, LOOP_DEPTH, InFlightCounter

if TYPE_CHECKING:
    from .webhook_http import WebhookPost

__all__ = ["WebhookDispatcher"]

# The dispatcher whose sender this thread or task runs, or None, and the depth of the attempt that
# the sender got.
_receiving: ContextVar[tuple[object, int]] = ContextVar("fakeseam_receiving", default=(None, 0))


class Schedule(Protocol):
    """The runtime's scheduler, as the dispatcher uses it."""

    def has_work(self) -> bool:
        """Returns whether anything is scheduled. Needs no lock."""

    def next_due(self) -> int | None:
        """Returns the time of the next scheduled work, in milliseconds, or None."""

    def run_due_syncs(self) -> None:
        """Runs every deferred sync that has fallen due."""


class WebhookDispatcher:
    """Makes the attempts that are due in one store. The fake's own thread makes it."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        lock: NonReentrantLock,
        targets: DeliveryTargets,
        schedule: Schedule,
        journal: Journal,
    ) -> None:
        self._store, self._clock, self._lock = store, clock, lock
        self._targets, self._schedule, self._journal = targets, schedule, journal
        self._in_flight = InFlightCounter()
        self._sender_queue: deque[InFlightAttempt] = deque()
        self._http_queue: deque[InFlightAttempt] = deque()
        self._handing_over = threading.Lock()
        self._handing_over_in: int | None = None
        self._async_caller = threading.local()
        self._generation = 0
        self._advancing: int | None = None
        self._worker: threading.Thread | None = None
        self._is_sending = False
        self._is_closed = False
        self._post: WebhookPost | None = None

    # What is due

    def run_due(self, *, is_waited_for: bool = False) -> None:
        """Runs what has fallen due: syncs and senders here, HTTP in the sending thread.

        ``is_waited_for`` is True where an asynchronous caller cannot run the senders later.
        """
        self._collect()
        by_caller = getattr(self._async_caller, "by_caller", False) and not is_waited_for
        if not self._sender_queue or by_caller:
            return
        from .async_senders import run_awaitable

        with closing(self._next_attempts()) as attempts:
            for attempt in attempts:
                with self._record_result(attempt):
                    attempt.set_response(run_awaitable(attempt.call_sender()))

    async def run_due_async(self) -> None:
        """Does the same, and awaits asynchronous senders."""
        self._collect()
        with closing(self._next_attempts()) as attempts:
            for attempt in attempts:
                with self._record_result(attempt):
                    result = attempt.call_sender()
                    attempt.set_response(await result if inspect.isawaitable(result) else result)

    @contextmanager
    def leave_to_async_caller(self) -> Iterator[None]:
        """Leaves what falls due meanwhile to ``run_due_async``, which the caller awaits."""
        self._async_caller.by_caller = True
        try:
            yield
        finally:
            self._async_caller.by_caller = False

    def _collect(self) -> None:
        """Runs due syncs, and queues due attempts for senders or HTTP."""
        if self._is_closed or not self._schedule.has_work():
            return
        with self._lock:
            self._schedule.run_due_syncs()
            self._queue_attempts()

    def _queue_attempts(self) -> None:
        with self._store.transaction():
            now, signed_at = format_timestamp(self._clock.ms()), self._clock.source_ms() // 1000
            dispatcher, depth = _receiving.get()
            depth = depth + 1 if dispatcher is self else 0
            for delivery, scheduled in retries.claim_due(self._store, now):
                sender = self._targets.sender_for(delivery.url)
                attempt = InFlightAttempt(
                    delivery, scheduled, sender, self._generation, depth, now, signed_at
                )
                if sender is not None:
                    self._add(attempt, self._sender_queue)
                elif self._targets.takes_http(delivery.url):
                    self._add(attempt, self._http_queue)
                else:
                    retries.mark_not_sent(self._store, delivery.message_id)
                    self._journal.record_timeline(now, str(attempt), ())

    def _add(self, attempt: InFlightAttempt, queue: deque[InFlightAttempt]) -> None:
        with self._in_flight.locked() as in_flight:
            in_flight.started += 1
            queue.append(attempt)
            if queue is self._http_queue and not self._is_sending:
                self._is_sending = True
                self._worker = threading.Thread(
                    target=self._send_all, name="fakeseam-webhooks", daemon=True
                )
                self._worker.start()

    def _record(self, attempt: InFlightAttempt) -> None:
        """Records the result of an attempt, unless the store was restored meanwhile."""
        try:
            with self._lock, self._store.transaction() as changes:
                if attempt.generation == self._generation and attempt.result is not None:
                    retries.record_attempt(self._store, attempt.scheduled, attempt.result)
                    self._journal.record_timeline(attempt.at, str(attempt), changes)
        finally:
            with self._in_flight.locked() as in_flight:
                in_flight.finished += attempt.generation == self._generation

    def _is_wanted(self, attempt: InFlightAttempt) -> bool:
        """Returns whether to send it. Ends it if its webhook was deleted meanwhile."""
        with self._lock:
            stored = self._store.get(DELIVERIES, attempt.delivery.message_id)
        if stored is not None and stored.state == "waiting":
            return True
        self._record(attempt)
        return False

    # Senders, in the calling thread

    def _next_attempts(self) -> Generator[InFlightAttempt, None, None]:
        """Yields the queued attempts until none is left, to one caller at a time.

        If a receiver calls the fake, the inner call yields nothing: its attempts join the queue.
        """
        looping = 0
        while self._sender_queue and self._handing_over.acquire(blocking=False):
            self._handing_over_in = threading.get_ident()
            try:
                while self._sender_queue:
                    attempt = self._sender_queue.popleft()
                    looping += attempt.depth >= LOOP_DEPTH
                    if looping > DELIVERY_LOOP_LIMIT:
                        raise self._loop(attempt)
                    if self._is_wanted(attempt):
                        yield attempt
                    self._collect()
            finally:
                self._handing_over_in = None
                self._handing_over.release()

    @contextmanager
    def _record_result(self, attempt: InFlightAttempt) -> Iterator[None]:
        """Records an exception raised by a sender as a failed attempt.

        Re-raises only ``BaseException``s such as Ctrl-C, and ``MisuseError`` for an invalid
        return value.
        """
        token = _receiving.set((self, attempt.depth))
        try:
            yield
        except BaseException as exc:
            if attempt.result is None:
                attempt.finish(error=repr(exc))
            if isinstance(exc, InvalidSenderResult):
                raise MisuseError(str(exc)) from None
            if not isinstance(exc, Exception):
                raise  # pytest.fail() in a receiver, a task that is cancelled, Ctrl-C
        finally:
            _receiving.reset(token)
            self._record(attempt)

    def _loop(self, attempt: InFlightAttempt) -> MisuseError:
        """Ends the attempts of the loop as failed, so that the next call does not start it again.

        Returns the error to raise.
        """
        event_type, url = json.loads(attempt.delivery.body)["event_type"], attempt.delivery.url
        queued, self._sender_queue = [attempt, *self._sender_queue], deque()
        for left in queued:
            if left.depth < LOOP_DEPTH:
                self._sender_queue.append(left)
            else:
                left.finish(error="given up: deliveries in a loop")
                self._record(left)
        return MisuseError(
            f"Webhook loop: stopped after {DELIVERY_LOOP_LIMIT} deliveries. The receiver of {url}"
            f" triggers another {event_type} each time."
        )

    # HTTP, in a thread that ends when its queue is empty

    def _send_all(self) -> None:
        from .webhook_http import WebhookPost

        while True:
            with self._in_flight.locked():
                if not self._http_queue:
                    self._is_sending = False
                    return
                attempt = self._http_queue.popleft()
                self._post = post = WebhookPost(attempt.delivery.url)
            if not self._is_wanted(attempt):
                continue
            attempt.finish(*post.send(attempt.signed.headers, attempt.delivery.body))
            self._record(attempt)

    def allow(self, host: str) -> None:
        """Sends deliveries for this host over HTTP from now on."""
        self._targets.allowed_hosts.add(host.lower())

    # Waiting, and moving the clock

    def settle(self) -> None:
        """Returns when no attempt is in flight. Raises ``MisuseError`` inside a receiver."""
        self._check_deadlock("webhooks.settle()")
        self.run_due(is_waited_for=True)
        self._in_flight.wait("webhooks.settle()")

    def advance(self, by: int) -> None:
        """Moves the clock by milliseconds; what falls due on the way runs at its own time.

        Waits for the responses. Raises ``MisuseError`` inside a receiver.
        """
        self._check_deadlock("clock.advance()")
        self._advancing = threading.get_ident()
        was_closed = self._is_closed
        try:
            self._run_and_wait()
            target = self._clock.ms() + by
            while (due := self._next_due()) is not None and due <= target:
                self._clock.move_to(due)
                self._run_and_wait()
            if self._is_closed == was_closed:  # else a receiver has reset the fake
                self._clock.move_to(target)
        finally:
            self._advancing = None

    def _run_and_wait(self) -> None:
        self.run_due(is_waited_for=True)
        self._in_flight.wait("clock.advance()")

    def _next_due(self) -> int | None:
        with self._lock:
            return None if self._is_closed else self._schedule.next_due()

    def _check_deadlock(self, method: str) -> None:
        here = threading.get_ident()
        if _receiving.get()[0] is self:
            raise MisuseError(DEADLOCK_REASONS["receiver"].format(method))
        if self._handing_over_in == here:
            raise MisuseError(DEADLOCK_REASONS["task"].format(method))
        if self._advancing not in (None, here):
            raise MisuseError(DEADLOCK_REASONS["thread"].format(method))

    # Restoring and closing

    def discard_in_flight(self) -> None:
        """Discards in-flight attempts after the store was restored. The caller must hold the
        lock."""
        retries.reset_in_flight(self._store)
        with self._in_flight.locked() as in_flight:
            self._generation += 1
            in_flight.finished = in_flight.started
            self._sender_queue.clear()
            self._http_queue.clear()

    def close(self) -> None:
        """Stops sending, and ends the thread."""
        with self._lock:
            self._is_closed = True
            self.discard_in_flight()
        with self._in_flight.locked():
            worker, post = self._worker, self._post
        if post is not None:
            post.abort()
        if worker is not None and worker is not threading.current_thread():
            worker.join()

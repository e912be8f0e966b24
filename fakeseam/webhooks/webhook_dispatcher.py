"""The webhook dispatcher makes the attempts that are due: by senders, or over HTTP.

A sender runs in the test's thread, HTTP in a thread of its own. Only reading what is due and
recording results takes the lock. The fake's clock decides when; there are no real timers.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING, Protocol

from ..api.webhooks import retries
from ..api.webhooks.record import DELIVERIES
from ..control.context import WaitsFor
from ..control.journal import Journal
from ..control.timestamp_hint import timestamp_hint
from ..core.clock import Clock, format_timestamp
from ..core.lock import NonReentrantLock
from ..core.store import Change, Store
from ..core.tasks import in_thread
from ..errors import MisuseError, is_outcome
from .attempt import InFlightAttempt
from .delivery_targets import DeliveryTargets
from .in_flight import DEADLOCK_REASONS, InFlightCounter
from .owner_thread import OwnerThread
from .sender_queue import SenderQueue

if TYPE_CHECKING:
    from .webhook_http import WebhookPost

__all__ = ["WebhookDispatcher"]

__tracebackhide__ = is_outcome


class Schedule(Protocol):
    """The runtime's scheduler, as the dispatcher uses it."""

    def has_attempts(self) -> bool:
        """Returns whether a delivery attempt is scheduled. Needs no lock."""

    def has_work(self) -> bool:
        """Returns whether any other work is scheduled. Needs no lock."""

    def next_due(self) -> int | None:
        """Returns the time of the next attempt or work, in milliseconds, or None."""

    def has_due_work(self) -> bool:
        """Returns whether work has fallen due."""

    def run_work(self) -> None:
        """Does all work that has fallen due, such as deferred syncs."""


class WebhookDispatcher:
    """Makes the attempts that are due in one store. ``owner`` is the test's thread."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        lock: NonReentrantLock,
        targets: DeliveryTargets,
        schedule: Schedule,
        journal: Journal,
        owner: OwnerThread,
    ) -> None:
        self._store, self._clock, self._lock = store, clock, lock
        self._targets, self._schedule, self._journal = targets, schedule, journal
        self._owner = owner
        self._in_flight = InFlightCounter(owner)
        self._senders = SenderQueue(owner, self)
        self._http_queue: deque[InFlightAttempt] = deque()
        self._generation = 0
        self._advancing: int | None = None
        self._worker: threading.Thread | None = None
        self._is_sending = False
        self._is_closed = False
        self._post: WebhookPost | None = None

    # What is due

    def run_due(self) -> None:
        """Does the work that has fallen due, then makes the attempts."""
        self.collect()
        self._senders.hand_over()

    async def run_due_async(self) -> None:
        """Does the same, and awaits asynchronous senders."""
        self.collect()
        await self._senders.hand_over_async()

    def make_attempts(self) -> None:
        """Makes the attempts that have fallen due, after a request: its work is yet to be done.

        Senders are called in the test's thread; HTTP has a thread of its own.
        """
        self.collect(with_work=False)
        self._senders.hand_over()

    async def make_attempts_async(self) -> None:
        """Does the same, and awaits asynchronous senders."""
        self.collect(with_work=False)
        await self._senders.hand_over_async()

    def catch_up(self) -> None:
        """Does due work with the attempts that it causes, and calls senders that wait for this
        thread: the test looks at its fake."""
        if self.has_due_work():
            self.collect()
        self._senders.hand_over()

    def has_due_work(self) -> bool:
        """Returns whether work has fallen due that the next call would do."""
        if self._is_closed or not self._schedule.has_work():
            return False
        with self._lock:
            return self._schedule.has_due_work()

    def awaited(self) -> AbstractContextManager[None]:
        """Leaves senders to ``run_due_async``, which the caller awaits afterwards."""
        return self._senders.awaited()

    def refuse_plain(self, method: str) -> None:
        """Raises ``MisuseError`` if a plain call of a method could not await a sender."""
        if self._targets.has_async_sender and self._senders.needs_await():
            raise MisuseError(
                f"{method}() cannot await the asynchronous sender that webhooks.deliver_to() got,"
                f" as an event loop runs in this thread: use `await fake.aio.{method}(...)`"
            )

    def refuse_leftovers(self) -> None:
        """Raises ``MisuseError`` if deliveries wait that the caller has to await."""
        if self._senders.waits_for_loop:
            raise MisuseError(
                "deliveries wait for the asynchronous sender that webhooks.deliver_to() got: call"
                " `await fake.aio.webhooks.settle()` first"
            )

    def collect(self, *, with_work: bool = True) -> None:
        """Does due work, if asked to, and queues due attempts for senders or HTTP."""
        with_work = with_work and self._schedule.has_work()
        if self._is_closed or not (with_work or self._schedule.has_attempts()):
            return
        with self._lock:
            if with_work:
                self._schedule.run_work()
            self._queue_attempts()

    def _queue_attempts(self) -> None:
        with self._store.transaction():
            now, signed_at = self._now()
            depth = self._senders.depth_here()
            for delivery, scheduled in retries.claim_due(self._store, now):
                binding = self._targets.binding_for(delivery.url)
                attempt = InFlightAttempt(
                    delivery, scheduled, binding, self._generation, depth, now, signed_at
                )
                if binding is not None:
                    self._add_to_senders(attempt)
                elif self._targets.takes_http(delivery.url):
                    self._add_http(attempt)
                else:
                    retries.mark_not_sent(self._store, delivery.message_id)
                    self._journal.record_timeline(now, str(attempt), ())

    def _now(self) -> tuple[str, int]:
        """Returns the fake's time, and that of the receivers in seconds."""
        return format_timestamp(self._clock.ms()), self._clock.signing_ms() // 1000

    def _add_to_senders(self, attempt: InFlightAttempt) -> None:
        """Queues an attempt. Wakes the test's thread if that waits and has to call the sender."""
        self._senders.add(attempt)
        if not self._owner.is_current():
            self._journal.record_timeline(attempt.at, str(attempt), ())
            self._in_flight.wake()

    # Steps of an attempt

    def begin(self, attempt: InFlightAttempt) -> bool:
        """Starts an attempt by a sender now; returns False if its webhook was deleted."""
        attempt.at, attempt.signed_at = self._now()
        with self._in_flight.locked() as in_flight:
            in_flight.started += 1
        return self._is_wanted(attempt)

    def record(self, attempt: InFlightAttempt) -> None:
        """Records the result of an attempt, unless the store was restored meanwhile."""
        try:
            with self._lock, self._store.transaction() as transaction:
                if attempt.generation == self._generation and attempt.result is not None:
                    retries.record_attempt(self._store, attempt.scheduled, attempt.result)
                    self._log(attempt, transaction.changes)
        finally:
            with self._in_flight.locked() as in_flight:
                in_flight.finished += attempt.generation == self._generation

    def _log(self, attempt: InFlightAttempt, changes: Sequence[Change]) -> None:
        self._journal.record_timeline(attempt.at, str(attempt), changes)
        if attempt.result is None:
            return
        hint = timestamp_hint(attempt.result, self._clock)
        if hint is not None:
            self._journal.record_timeline(attempt.at, hint, ())
        if attempt.misuse is not None:
            self._journal.record_misuse(attempt.misuse)
        if attempt.result.traceback is not None:
            where = f"{attempt.event_type} to {attempt.delivery.url}"
            error = attempt.result.error or ""
            self._journal.record_receiver_error(where, error, attempt.result.traceback)

    def _is_wanted(self, attempt: InFlightAttempt) -> bool:
        """Returns whether to send it. Ends it if its webhook was deleted meanwhile."""
        with self._lock:
            stored = self._store.get(DELIVERIES, attempt.delivery.message_id)
        if stored is not None and stored.state == "waiting":
            return True
        self.record(attempt)
        return False

    # HTTP, in a thread that ends when its queue is empty

    def _add_http(self, attempt: InFlightAttempt) -> None:
        with self._in_flight.locked() as in_flight:
            in_flight.started += 1
            self._http_queue.append(attempt)
            if not self._is_sending:
                self._is_sending = True
                self._worker = threading.Thread(
                    target=self._send_all, name="fakeseam-webhooks", daemon=True
                )
                self._worker.start()

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
            self.record(attempt)

    def allow(self, host: str) -> None:
        """Sends deliveries for this host over HTTP from now on."""
        self._targets.allow(host.lower())

    # Waiting, and moving the clock

    def waits_for(self, message_id: str) -> WaitsFor:
        """Returns what a delivery waits for whose attempt is queued or at its receiver."""
        return self._senders.waits_for(message_id)

    def settle(self) -> None:
        """Hands over everything, and returns when no attempt is in flight.

        Raises ``MisuseError`` inside a receiver, and in another thread than the test's if a sender
        has to be called.
        """
        self._check_deadlock("webhooks.settle()")
        with self._senders.settling():
            self._run_and_wait("webhooks.settle()")
        if self._senders.waits_elsewhere:
            raise MisuseError(
                f"webhooks.settle() cannot call a sender of thread {self._owner.name!r}, which"
                " made the fake: call it there. Deliveries wait until that thread uses the fake"
            )

    async def settle_async(self) -> None:
        """Does the same, and awaits asynchronous senders."""
        self._check_receiver("webhooks.settle()")
        with self._senders.settling():
            await self._run_and_wait_async("webhooks.settle()")

    def advance(self, by: int) -> None:
        """Moves the clock by milliseconds; what falls due on the way runs at its own time.

        Waits for the responses. Raises ``MisuseError`` inside a receiver.
        """
        self._check_deadlock("clock.advance()")
        for _ in self._advance(by):
            self._run_and_wait("clock.advance()")

    async def advance_async(self, by: int) -> None:
        """Does the same, and awaits asynchronous senders."""
        self._check_receiver("clock.advance()")
        for _ in self._advance(by):
            await self._run_and_wait_async("clock.advance()")

    def _advance(self, by: int) -> Iterator[None]:
        """Moves the clock step by step; yields when something may be due."""
        self._advancing = threading.get_ident()
        was_closed = self._is_closed
        try:
            yield
            target = self._clock.ms() + by
            while (due := self._next_due()) is not None and due <= target:
                self._clock.move_to(due)
                yield
            if self._is_closed == was_closed:  # else a receiver has reset the fake
                self._clock.move_to(target)
        finally:
            self._advancing = None

    def _run_and_wait(self, method: str) -> None:
        self.run_due()
        since = self._in_flight.started
        while self._in_flight.wait(
            method,
            since=since,
            timeout=self._in_flight.timeout(),
            is_wanted=lambda: self._senders.has_work_here,
        ):
            self.run_due()

    async def _run_and_wait_async(self, method: str) -> None:
        await self.run_due_async()
        since = self._in_flight.started
        while self._in_flight.is_busy:
            await self._wait_async(method, since)
            await self.run_due_async()

    async def _wait_async(self, method: str, since: int) -> None:
        """Waits in another thread, so that the loop goes on, until an attempt has finished."""
        def progress() -> tuple[int, int]:
            return self._senders.added, self._in_flight.finished

        before = progress()
        wait = partial(
            self._in_flight.wait,
            method,
            since=since,
            timeout=None,
            is_wanted=lambda: progress() != before,
        )
        await in_thread(wait)

    def _next_due(self) -> int | None:
        with self._lock:
            return None if self._is_closed else self._schedule.next_due()

    def _check_receiver(self, method: str) -> None:
        if self._senders.is_receiver:
            raise MisuseError(DEADLOCK_REASONS["receiver"].format(method))
        if self._advancing not in (None, threading.get_ident()):
            raise MisuseError(DEADLOCK_REASONS["thread"].format(method))

    def _check_deadlock(self, method: str) -> None:
        self._check_receiver(method)
        if self._senders.is_suspended:
            raise MisuseError(DEADLOCK_REASONS["task"].format(method))

    # Undoing, restoring and closing

    def discard_undone(self) -> None:
        """Discards the queued attempts of deliveries that the store no longer has. The caller
        must hold the lock."""
        self._senders.discard(
            lambda attempt: self._store.get(DELIVERIES, attempt.delivery.message_id) is None
        )

    def discard_in_flight(self) -> None:
        """Discards in-flight attempts after the store was restored. The caller must hold the
        lock."""
        retries.reset_in_flight(self._store)
        with self._in_flight.locked() as in_flight:
            self._generation += 1
            in_flight.finished = in_flight.started
            self._senders.discard(lambda _: True)
            self._http_queue.clear()

    def record_undelivered(self) -> None:
        """Records how many deliveries no sender has got, as a strict violation at the end."""
        count = self._senders.waiting_count
        if count and not self._is_closed:
            self._journal.record_undelivered(count)

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

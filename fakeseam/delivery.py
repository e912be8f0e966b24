"""Deliveries carried out: to senders in the calling thread, to loopback URLs by one thread.

Nothing here happens under the lock but reading what is due and writing what became of it. The
fake's clock says when; no real timer does.
"""

from __future__ import annotations

import inspect
import json
import threading
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from .api import deliveries
from .api.tables import DELIVERIES
from .core.clock import Clock, stamp
from .core.store import Store
from .due import DueWork
from .errors import MisuseError
from .letter import Letter, NoStatus
from .lock import PlainLock
from .routes import Routes
from .under_way import DELIVERY_LOOP_LIMIT, LOOP_DEPTH, WOULD_WAIT, UnderWay

if TYPE_CHECKING:
    from .posting import Connection

__all__ = ["Postman"]

# Whose delivery this thread (or task) is handing over, if any, and how many caused it.
_receiving: ContextVar[tuple[object, int]] = ContextVar("fakeseam_receiving", default=(None, 0))


class Postman:
    """Carries out what is due in one store. Made by the thread that the fake belongs to."""

    def __init__(
        self, store: Store, clock: Clock, lock: PlainLock, routes: Routes, due: DueWork
    ) -> None:
        self._store, self._clock, self._lock, self._routes = store, clock, lock, routes
        self._due = due
        self._under_way = UnderWay()
        self._by_hand: deque[Letter] = deque()
        self._by_socket: deque[Letter] = deque()
        self._handing = threading.Lock()
        self._handing_in: int | None = None
        self._awaited = threading.local()
        self._generation = 0
        self._advancing: int | None = None
        self._worker: threading.Thread | None = None
        self._is_sending = False
        self._is_closed = False
        self._connection: Connection | None = None

    # Carrying out what is due

    def run_due(self, *, is_waited_for: bool = False) -> None:
        """Do what has fallen due: syncs at once, attempts here or by the thread that sends."""
        self._collect()
        # What is waited for cannot be left to a caller who awaits it afterwards.
        by_caller = getattr(self._awaited, "by_caller", False) and not is_waited_for
        if not self._by_hand or by_caller:
            return
        from .awaiting import finished

        with closing(self._letters()) as letters:
            for letter in letters:
                with self._handed(letter):
                    letter.answered(finished(letter.hand_over()))

    async def run_due_async(self) -> None:
        """The same, awaiting senders that promise their answer."""
        self._collect()
        with closing(self._letters()) as letters:
            for letter in letters:
                with self._handed(letter):
                    answer = letter.hand_over()
                    letter.answered(await answer if inspect.isawaitable(answer) else answer)

    @contextmanager
    def awaited(self) -> Iterator[None]:
        """What falls due in here is left to ``run_due_async``, which the caller awaits."""
        self._awaited.by_caller = True
        try:
            yield
        finally:
            self._awaited.by_caller = False

    def _collect(self) -> None:
        """Take what has fallen due, and decide which way it goes."""
        if self._is_closed or not self._due.is_there():
            return
        with self._lock:
            self._due.carry_out_syncs()
            self._take_attempts()

    def _take_attempts(self) -> None:
        from .posting import is_loopback

        with self._store.transaction():
            now, signed_at = stamp(self._clock.ms()), self._clock.outside() // 1000
            whose, depth = _receiving.get()
            depth = depth + 1 if whose is self else 0
            for delivery, attempt in deliveries.take_due(self._store, now):
                sender = self._routes.sender_for(delivery.url)
                letter = Letter(
                    delivery, attempt, sender, self._generation, depth, now, signed_at
                )
                if sender is not None:
                    self._add(letter, self._by_hand)
                elif is_loopback(delivery.url, self._routes.allowed):
                    self._add(letter, self._by_socket)
                else:
                    deliveries.keep(self._store, delivery.message_id)
                    self._due.note(now, str(letter), ())

    def _add(self, letter: Letter, queue: deque[Letter]) -> None:
        with self._under_way.changing() as under_way:
            under_way.begun += 1
            queue.append(letter)
            if queue is self._by_socket and not self._is_sending:
                self._is_sending = True
                self._worker = threading.Thread(
                    target=self._send_all, name="fakeseam-webhooks", daemon=True
                )
                self._worker.start()

    def _record(self, letter: Letter) -> None:
        """Keep what became of an attempt, unless the store has been put back meanwhile."""
        try:
            with self._lock, self._store.transaction() as changes:
                if letter.generation == self._generation and letter.outcome is not None:
                    deliveries.record(self._store, letter.due, letter.outcome)
                    self._due.note(letter.at, str(letter), changes)
        finally:
            with self._under_way.changing() as under_way:
                under_way.ended += letter.generation == self._generation

    def _is_wanted(self, letter: Letter) -> bool:
        """Whether it is still to be sent: its webhook may have been deleted meanwhile."""
        with self._lock:
            kept = self._store.get(DELIVERIES, letter.delivery.message_id)
        if kept is not None and kept.state == "waiting":
            return True
        self._record(letter)
        return False

    # By hand, in the calling thread

    def _letters(self) -> Generator[Letter, None, None]:
        """What there is to hand over, until nothing is left; one caller at a time.

        A receiver that calls the fake finds this taken: what it causes joins the queue.
        """
        looping = 0
        while self._by_hand and self._handing.acquire(blocking=False):
            self._handing_in = threading.get_ident()
            try:
                while self._by_hand:
                    letter = self._by_hand.popleft()
                    looping += letter.depth >= LOOP_DEPTH
                    if looping > DELIVERY_LOOP_LIMIT:
                        raise self._loop(letter)
                    if self._is_wanted(letter):
                        yield letter
                    self._collect()
            finally:
                self._handing_in = None
                self._handing.release()

    @contextmanager
    def _handed(self, letter: Letter) -> Iterator[None]:
        """Whatever a sender raises is a failed attempt, and no trouble of the caller's."""
        token = _receiving.set((self, letter.depth))
        try:
            yield
        except BaseException as exc:
            if letter.outcome is None:
                letter.ended(error=repr(exc))
            if isinstance(exc, NoStatus):
                raise MisuseError(str(exc)) from None
            if not isinstance(exc, Exception):
                raise  # pytest.fail() in a receiver, a task that is cancelled, Ctrl-C
        finally:
            _receiving.reset(token)
            self._record(letter)

    def _loop(self, letter: Letter) -> MisuseError:
        """Give up what the loop has queued, so that the next call does not begin anew."""
        kind, url = json.loads(letter.delivery.body)["event_type"], letter.delivery.url
        queued, self._by_hand = [letter, *self._by_hand], deque()
        for left in queued:
            if left.depth < LOOP_DEPTH:
                self._by_hand.append(left)
            else:
                left.ended(error="given up: deliveries in a loop")
                self._record(left)
        return MisuseError(
            f"{DELIVERY_LOOP_LIMIT} deliveries that caused one another: the receiver of {url}"
            f" causes another {kind} each time"
        )

    # By socket, in a thread that lives as long as there is something to send

    def _send_all(self) -> None:
        from .posting import Connection

        while True:
            with self._under_way.changing():
                if not self._by_socket:
                    self._is_sending = False
                    return
                letter = self._by_socket.popleft()
                self._connection = connection = Connection(letter.delivery.url)
            if not self._is_wanted(letter):
                continue
            letter.ended(*connection.post(letter.shown.headers, letter.delivery.body))
            self._record(letter)

    def allow(self, host: str) -> None:
        """Really send to this host from now on."""
        self._routes.allowed.add(host.lower())

    # Waiting, and moving time on

    def settle(self) -> None:
        """Return when no attempt is under way. ``MisuseError`` from inside a receiver."""
        self._refuse_receivers("webhooks.settle()")
        self.run_due(is_waited_for=True)
        self._under_way.wait("webhooks.settle()")

    def advance(self, by: int) -> None:
        """Move time on by milliseconds; what falls due on the way happens at its moment.

        Waits for the answers. ``MisuseError`` from inside a receiver.
        """
        self._refuse_receivers("clock.advance()")
        self._advancing = threading.get_ident()
        was_closed = self._is_closed
        try:
            self._run_and_wait()
            target = self._clock.ms() + by
            while (due := self._next_due()) is not None and due <= target:
                self._clock.move_to(due)
                self._run_and_wait()
            if self._is_closed == was_closed:  # else a receiver has had the fake reset
                self._clock.move_to(target)
        finally:
            self._advancing = None

    def _run_and_wait(self) -> None:
        self.run_due(is_waited_for=True)
        self._under_way.wait("clock.advance()")

    def _next_due(self) -> int | None:
        with self._lock:
            return None if self._is_closed else self._due.first()

    def _refuse_receivers(self, what: str) -> None:
        here = threading.get_ident()
        if _receiving.get()[0] is self:
            raise MisuseError(f"{what} {WOULD_WAIT['receiver']}")
        if self._handing_in == here:
            raise MisuseError(f"{what} {WOULD_WAIT['task']}")
        if self._advancing not in (None, here):
            raise MisuseError(f"{what} {WOULD_WAIT['thread']}")

    # Beginning anew, and the end

    def forget(self) -> None:
        """The store has been put back: what is under way is another story's.

        For whoever holds the lock.
        """
        deliveries.release(self._store)
        with self._under_way.changing() as under_way:
            self._generation += 1
            under_way.ended = under_way.begun
            self._by_hand.clear()
            self._by_socket.clear()

    def close(self) -> None:
        """End: nothing is sent any more, and no thread is left."""
        with self._lock:
            self._is_closed = True
            self.forget()
        with self._under_way.changing():
            worker, connection = self._worker, self._connection
        if connection is not None:
            connection.cut()
        if worker is not None and worker is not threading.current_thread():
            worker.join()

"""Handing attempts over to senders: in the test's thread, one at a time for each caller.

What other threads cause waits here until the test's thread touches the fake.
"""

from __future__ import annotations

import inspect
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import Context, ContextVar
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Protocol

from ..control.context import WaitsFor
from ..core.tasks import is_task
from ..errors import MisuseError, is_outcome
from .attempt import InFlightAttempt, InvalidSenderResult
from .in_flight import DELIVERY_LOOP_LIMIT, LOOP_DEPTH
from .owner_thread import OwnerThread

__all__ = ["AttemptSteps", "SenderQueue"]

__tracebackhide__ = is_outcome


class AttemptSteps(Protocol):
    """The webhook dispatcher, as the queue uses it. Every step takes the lock by itself."""

    def begin(self, attempt: InFlightAttempt) -> bool:
        """Starts an attempt now; returns False if its webhook was deleted meanwhile."""

    def record(self, attempt: InFlightAttempt) -> None:
        """Records the result of an attempt."""

    def collect(self) -> None:
        """Queues what has fallen due."""


@dataclass(eq=False)
class _Round:
    """One call that hands attempts over, until none is left for it.

    ``attempts`` are those that the call has taken, or caused by its receivers. ``postponed``
    need a loop, which this call has not. ``depth`` is that of the attempt at the sender.
    """

    is_async: bool
    attempts: deque[InFlightAttempt] = field(default_factory=deque)
    postponed: list[InFlightAttempt] = field(default_factory=list)
    depth: int = 0
    looping: int = 0


@dataclass(frozen=True)
class _Receiving:
    """What a receiver runs in: the queue and the round that it got its delivery from."""

    queue: SenderQueue
    round: _Round
    depth: int


_receiving: ContextVar[_Receiving | None] = ContextVar("fakeseam_receiving", default=None)
# Whether the caller awaits the hand-over after the call that runs now.
_is_awaited: ContextVar[bool] = ContextVar("fakeseam_is_awaited", default=False)


class SenderQueue:
    """The attempts that have a sender and have fallen due."""

    def __init__(self, owner: OwnerThread, steps: AttemptSteps) -> None:
        self._owner, self._steps = owner, steps
        self._waiting: deque[InFlightAttempt] = deque()
        self._held: deque[InFlightAttempt] = deque()
        self._rounds: list[_Round] = []
        self._is_settling = False
        self.added = 0  # how many attempts were added so far

    # Adding

    def add(self, attempt: InFlightAttempt) -> None:
        """Adds an attempt to the round of the receiver that caused it, else for the next call.

        Holds it if its sender wants it at ``settle`` only.
        """
        if attempt.binding is not None and attempt.binding.when == "settled":
            if not self._is_settling:
                self._held.append(attempt)
                return
        # A round looks at what waits, too; it may be ending while another thread adds.
        here = self._round_here() if self._owner.is_current() else None
        (self._waiting if here is None else here.attempts).append(attempt)
        self.added += 1

    def depth_here(self) -> int:
        """Returns how many attempts led to one that is caused now."""
        receiving = _receiving.get()
        if receiving is not None and receiving.queue is self:
            return receiving.depth + 1
        # A receiver that works in another thread: the round waits for it.
        return max((one.depth + 1 for one in tuple(self._rounds) if not one.is_async), default=0)

    def discard(self, is_discarded: Callable[[InFlightAttempt], bool]) -> None:
        """Forgets the attempts for which ``is_discarded`` returns True."""
        in_rounds = chain.from_iterable((one.attempts, one.postponed) for one in self._rounds)
        for queue in (self._waiting, self._held, *in_rounds):
            for attempt in tuple(queue):
                if is_discarded(attempt):
                    with suppress(ValueError):  # the test's thread has taken it meanwhile
                        queue.remove(attempt)

    # Who may hand over

    @property
    def is_receiver(self) -> bool:
        """Whether the caller is a receiver of this queue."""
        receiving = _receiving.get()
        return receiving is not None and receiving.queue is self

    @property
    def is_suspended(self) -> bool:
        """Whether another task of the calling thread awaits a receiver."""
        return self._owner.is_current() and any(one.is_async for one in self._rounds)

    @property
    def has_work_here(self) -> bool:
        """Whether the caller can hand over something by a plain call."""
        return self._owner.is_current() and any(map(_is_plain, tuple(self._waiting)))

    @property
    def waiting_count(self) -> int:
        """How many attempts wait for the test, or for ``settle``."""
        return len(self._waiting) + len(self._held)

    def waits_for(self, message_id: str) -> WaitsFor:
        """Returns what a delivery waits for whose attempt is queued or at its receiver."""
        if any(one.delivery.message_id == message_id for one in tuple(self._held)):
            return "settle"
        in_rounds = (tuple(one.attempts) for one in tuple(self._rounds))
        for one in chain(tuple(self._waiting), *in_rounds):
            if one.delivery.message_id == message_id:
                return "thread"
        return "response"

    @property
    def waits_elsewhere(self) -> bool:
        """Whether attempts wait that the calling thread cannot hand over."""
        return bool(self._waiting) and not self._owner.is_current()

    @property
    def waits_for_loop(self) -> bool:
        """Whether an attempt of the caller's has to be awaited, which the caller does not do."""
        is_here = self._owner.is_current() and not _is_awaited.get() and not self.is_receiver
        return is_here and not all(map(_is_plain, tuple(self._waiting)))

    def needs_await(self) -> bool:
        """Returns whether a plain call of the caller's could not hand over to an async sender.

        A receiver's call leaves that to the round that called the receiver.
        """
        is_here = self._owner.is_current() and not _is_awaited.get() and not self.is_receiver
        return is_here and is_task()

    @contextmanager
    def awaited(self) -> Iterator[None]:
        """Leaves what falls due to ``hand_over_async``, which the caller awaits afterwards."""
        token = _is_awaited.set(True)
        try:
            yield
        finally:
            _is_awaited.reset(token)

    @contextmanager
    def settling(self) -> Iterator[None]:
        """Hands over what was held, too."""
        self._waiting.extend(self._held)
        self._held.clear()
        before, self._is_settling = self._is_settling, self._owner.is_current()
        try:
            yield
        finally:
            self._is_settling = before

    # Handing over

    def hand_over(self) -> None:
        """Calls the senders of what waits, in the test's thread; elsewhere does nothing.

        A receiver's own call does nothing either: the round that called the receiver goes on.
        """
        if not self._waiting or not self._may_hand_over() or _is_awaited.get():
            return
        with self._round(is_async=False) as current:
            while (attempt := self._next(current)) is not None:
                if is_task() and attempt.binding and attempt.binding.is_async:
                    current.postponed.append(attempt)
                elif self._steps.begin(attempt):
                    self._call(current, attempt)
                    self._steps.collect()

    async def hand_over_async(self) -> None:
        """Does the same, and awaits asynchronous senders.

        Tasks that call at once each deliver what they caused.
        """
        if not self._waiting or not self._may_hand_over():
            return
        from .async_senders import await_in_context

        with self._round(is_async=True) as current:
            while (attempt := self._next(current)) is not None:
                if not self._steps.begin(attempt):
                    continue
                with self._record_result(current, attempt):
                    context, result = self._start(current, attempt)
                    if inspect.isawaitable(result):
                        result = await await_in_context(result, context)
                    attempt.set_response(result)
                self._steps.collect()

    def _call(self, current: _Round, attempt: InFlightAttempt) -> None:
        with self._record_result(current, attempt):
            context, result = self._start(current, attempt)
            if inspect.isawaitable(result):
                from .async_senders import run_in_new_loop

                if is_task():
                    raise _unexpected_awaitable(attempt, result)
                result = run_in_new_loop(result, context)
            attempt.set_response(result)

    def _start(self, current: _Round, attempt: InFlightAttempt) -> tuple[Context, Any]:
        """Calls the sender in a copy of the test's context; returns that and the result."""
        if attempt.binding is None:
            raise RuntimeError(f"{attempt.delivery.message_id} has no sender")
        context = attempt.binding.context.copy()
        context.run(_receiving.set, _Receiving(self, current, attempt.depth))
        context.run(_is_awaited.set, False)
        return context, context.run(attempt.call_sender)

    def _may_hand_over(self) -> bool:
        if not self._owner.is_current() or self._round_here() is not None:
            return False
        return not any(not one.is_async for one in self._rounds)

    def _round_here(self) -> _Round | None:
        """Returns the round whose receiver the caller is, unless that round has ended."""
        receiving = _receiving.get()
        if receiving is None or receiving.queue is not self or receiving.round not in self._rounds:
            return None
        return receiving.round

    # Rounds

    @contextmanager
    def _round(self, *, is_async: bool) -> Iterator[_Round]:
        current = _Round(is_async)
        self._rounds.append(current)
        try:
            yield current
        finally:
            self._rounds.remove(current)
            self._waiting.extendleft(reversed([*current.postponed, *current.attempts]))

    def _next(self, current: _Round) -> InFlightAttempt | None:
        """Returns the next attempt: the round takes over all that waits, or ends."""
        while self._waiting:  # another thread may add to it
            current.attempts.append(self._waiting.popleft())
        if not current.attempts:
            return None
        attempt = current.attempts.popleft()
        current.depth = attempt.depth
        current.looping += attempt.depth >= LOOP_DEPTH
        if current.looping > DELIVERY_LOOP_LIMIT:
            raise self._loop(current, attempt)
        return attempt

    @contextmanager
    def _record_result(self, current: _Round, attempt: InFlightAttempt) -> Iterator[None]:
        """Records an exception raised by a sender as a failed attempt.

        Re-raises only ``BaseException``s such as Ctrl-C, and ``MisuseError`` for an invalid
        return value.
        """
        try:
            yield
        except BaseException as exc:
            if isinstance(exc, InvalidSenderResult):
                attempt.misuse = str(exc)
                attempt.finish(error=repr(exc))
                raise MisuseError(attempt.misuse) from None
            if not isinstance(exc, Exception):
                attempt.finish(error=repr(exc))
                raise  # pytest.fail() in a receiver, a task that is cancelled, Ctrl-C
            attempt.set_exception(exc)
        finally:
            self._steps.record(attempt)

    def _loop(self, current: _Round, attempt: InFlightAttempt) -> MisuseError:
        """Ends the attempts of the loop as failed, so that the next call does not start it again.

        Returns the error to raise.
        """
        queued, current.attempts = [attempt, *current.attempts], deque()
        for left in queued:
            if left.depth < LOOP_DEPTH:
                current.attempts.append(left)
            elif self._steps.begin(left):
                left.finish(error="given up: deliveries in a loop")
                self._steps.record(left)
        return MisuseError(
            f"Webhook loop: stopped after {DELIVERY_LOOP_LIMIT} deliveries. The receiver of"
            f" {attempt.delivery.url} triggers another {attempt.event_type} each time."
        )


def _is_plain(attempt: InFlightAttempt) -> bool:
    """Returns whether a plain call in this thread can hand the attempt over."""
    return not (is_task() and attempt.binding and attempt.binding.is_async)


def _unexpected_awaitable(attempt: InFlightAttempt, result: Any) -> InvalidSenderResult:
    """Returns the error for a plain function that returned a coroutine inside a running loop."""
    if attempt.binding is not None:
        attempt.binding.is_async = True
    if inspect.iscoroutine(result):
        result.close()
    return InvalidSenderResult(
        "The sender given to webhooks.deliver_to() returned an awaitable, and the call that caused"
        " the event cannot await it. Give an `async def` function, so that fakeseam knows, and"
        " call `await fake.aio.<method>()`."
    )

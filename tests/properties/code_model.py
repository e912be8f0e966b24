"""Locks and their access codes as a few plain objects. Times are minutes after noon."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["VALUES", "Code", "Lock", "Model"]

VALUES = ("name", "code", "starts_at", "ends_at")
PRELOAD_BEFORE, SET_BEFORE = 72 * 60, 60
RETRY_AFTER, LATE_AFTER = 5, 10
# The events of a change on the lock, and the values of each.
CHANGES = {
    "name_changed": {"name"},
    "code_changed": {"code"},
    "time_frame_changed": {"starts_at", "ends_at"},
}
ACTIVE, PRELOADED, LATER = "active", "preloaded", "later"


@dataclass
class Lock:
    id: str
    workspace: int
    account: str
    is_native: bool
    limit: int = 100
    connected: bool = True
    account_connected: bool = True
    slow: bool = False
    failing: list = field(default_factory=list)  # names of steps, one for each failure to come

    @property
    def online(self):
        return self.connected and self.account_connected


@dataclass
class Step:
    kind: str
    due: int
    number: int
    asked: int
    waiting: bool = False
    reports: bool = False

    @property
    def is_scheduled(self):
        return self.reports or not self.waiting


@dataclass(repr=False)
class Code:
    """``wish`` is what Seam shows, ``held`` what the lock has, ``told`` what events have said.

    A managed code is ``busy`` while Seam wants to program it, and ``going`` while Seam wants to
    remove it; a ``lost`` one was removed by its owner, who may do that.
    """

    id: str
    lock: Lock
    wish: dict
    native: bool = False
    allows: bool = False
    managed: bool = True
    told: dict = field(default_factory=dict)
    held: dict | None = None
    opens_at: int | None = None
    busy: bool = False
    going: bool = False
    lost: bool = False
    begun: bool = False
    late: bool = False
    error: str | None = None
    step: Step | None = None

    @property
    def pins(self):
        return {self.wish["code"]} | ({self.held["code"]} if self.held else set())

    @property
    def start(self):
        return self.wish["starts_at"]

    @property
    def end(self):
        return self.wish["ends_at"]

    @property
    def scheduled_at(self):
        return self.start - (PRELOAD_BEFORE if self.native else SET_BEFORE)

    def place(self, now):
        if self.start is None or self.start <= now:
            return ACTIVE
        if self.scheduled_at > now:
            return LATER
        return PRELOADED if self.native else ACTIVE

    @property
    def is_deferred(self):
        return not (self.busy or self.going or self.lost or self.held)

    @property
    def is_preloaded(self):
        return self.held is not None and self.opens_at is not None

    def status(self):
        if not self.managed:
            return "set" if self.held else "unset"
        if not self.lock.account_connected:
            return "unknown"
        if self.going or self.busy:
            return "removing" if self.going else "setting"
        return "set" if self.held and not self.is_preloaded else "unset"

    def next_moment(self):
        if not self.managed or self.going or self.start is None:
            return None
        if self.is_deferred:
            return self.start if self.begun else self.scheduled_at
        return self.start if self.is_preloaded and not self.busy else self.end


class Model:
    """``codes`` are those of the workspace, ``events`` what should have happened to each."""

    def __init__(self):
        self.now = 0
        self.codes = []
        self.events = []
        self.number = 0

    def of(self, lock, **flags):
        codes = [one for one in self.codes if one.lock is lock]
        return [one for one in codes if all(getattr(one, k) == v for k, v in flags.items())]

    def emit(self, code, *types):
        self.events += [(code.id, one) for one in types]

    def taken_by_another(self, lock, pin, code=None):
        """Whether a managed code of the lock has this PIN, there or in Seam."""
        return any(pin in one.pins for one in self.of(lock, managed=True) if one is not code)

    # What is asked

    def ask(self, code, kind):
        self.number += 1
        code.step = Step(kind, self.now, self.number, self.number)

    def create(self, code):
        code.told = dict(code.wish)
        self.codes.append(code)
        self.emit(code, "created")
        self.begin(code)

    def begin(self, code):
        """A code that its lock does not have: it is programmed now or later."""
        where = code.place(self.now)
        code.busy, code.begun = where == ACTIVE, where != LATER
        code.step = None
        if code.begun:
            self.ask(code, "program")

    def create_unmanaged(self, code):
        code.told = dict(code.wish)
        code.held, code.managed = dict(code.wish), False
        self.codes.append(code)
        self.emit(code, "unmanaged.created")

    def update(self, code, wish):
        if wish == code.wish:
            return
        code.wish = wish
        if code.is_deferred or code.lost:
            self.emit(code, "changed")
            code.told = dict(wish)
            if not code.lost:
                self.begin(code)
            return
        code.busy = True
        self.emit(code, "mutations_requested")
        self.ask(code, "program")

    def emit_changes(self, code):
        changed = {name for name in VALUES if code.told[name] != code.wish[name]}
        if changed:
            self.emit(code, "changed")
        for event_type, names in CHANGES.items():
            if changed & names:
                self.emit(code, event_type)
        code.told = dict(code.wish)

    def delete(self, code):
        if code.going:
            return
        if code.held is None:
            self.forget(code, "deleted")
        else:
            code.going, code.busy = True, False
            self.emit(code, "mutations_requested")
            self.ask(code, "remove")

    def forget(self, code, *types):
        self.emit(code, *types)
        code.step = None
        self.codes.remove(code)

    def unmanage(self, code):
        code.wish = dict(code.held or code.wish)
        code.told = dict(code.wish)
        code.managed = code.busy = code.lost = code.begun = code.late = False
        code.error = code.step = None

    # What happens outside of Seam

    def change_outside(self, code, values):
        freed, changes = code.held["code"], {k: v for k, v in values.items() if v != code.held[k]}
        if not changes:
            return
        code.held = code.held | changes
        if code.managed:
            self.emit(code, "modified_external_to_seam")
        if not code.managed or code.allows:
            changes = {k: v for k, v in changes.items() if code.told[k] == code.wish[k]}
            code.wish, code.told = code.wish | changes, code.told | changes
        elif not code.going:
            code.busy = True
            self.ask(code, "program")
        if "code" in changes:
            self.retry_blocked(code.lock, {freed})

    def remove_outside(self, code):
        freed = code.pins
        code.held = code.opens_at = None
        if not code.managed:
            self.forget(code, "unmanaged.removed")
        elif code.allows:
            self.emit(code, "deleted_external_to_seam")
            code.lost, code.busy, code.step = True, False, None
            self.emit_changes(code)
        else:
            self.emit(code, "deleted_external_to_seam")
            code.busy = True
            self.ask(code, "program")
        self.retry_blocked(code.lock, freed)
        self.retry_full(code.lock)

    def retry_blocked(self, lock, pins):
        for one in self.of(lock, error="duplicate"):
            if one.wish["code"] in pins and not one.going:
                self.ask(one, "program")

    def space(self, lock):
        return lock.limit - sum(one.held is not None for one in self.of(lock))

    def retry_full(self, lock):
        for one in self.of(lock, error="full") if self.space(lock) > 0 else ():
            self.ask(one, "program")

    def release(self, lock):
        waiting = [one for one in self.of(lock) if one.step and one.step.waiting]
        for one in sorted(waiting, key=lambda one: one.step.asked):
            asked = one.step.asked
            self.ask(one, one.step.kind)
            one.step.asked = asked

    def run_now(self, code, sync):
        """Seam's ``sync``: the step is tried inside the call, also one that would come later."""
        if sync and code.step:
            self.run_step(code)

    # What is due

    def run(self, until=None):
        """Lets everything happen that is due until then."""
        until = self.now if until is None else until
        while (found := self.first()) is not None and found[0] <= until:
            due, is_step, _, code = found
            self.now = max(self.now, due)
            (self.run_step if is_step else self.run_moment)(code)
        self.now = until

    def first(self):
        moments = [
            (due, False, number, one)
            for number, one in enumerate(self.codes)
            if (due := one.next_moment()) is not None
        ]
        steps = [
            (one.step.due, True, one.step.number, one)
            for one in self.codes
            if one.step and one.step.is_scheduled
        ]
        return min(moments + steps, key=lambda one: one[:3], default=None)

    def run_moment(self, code):
        if code.end <= self.now:
            code.busy, code.lost = False, False
            if code.held is None:
                self.forget(code, "deleted")
            else:
                code.going = True
                self.ask(code, "remove")
        elif code.is_deferred:
            self.begin(code)
        else:
            code.opens_at = code.error = None
            self.emit(code, "set_on_device")

    def run_step(self, code):
        step, lock = code.step, code.lock
        if lock.slow:
            first = step.kind == "program" and not step.reports
            if step.reports and code.busy and not code.late:
                code.late = True
                self.emit(code, "delay_in_setting_on_device")
            self.wait(step, reports=first)
        elif not lock.online:
            self.wait(step, reports=False)
        else:
            code.step = None
            getattr(self, step.kind)(code)

    def wait(self, step, reports):
        self.number += 1
        step.waiting, step.reports, step.number = True, reports, self.number
        step.due = self.now + (LATE_AFTER if reports else 0)

    def fails(self, lock, name):
        if name not in lock.failing:
            return False
        lock.failing.remove(name)
        return True

    def problem(self, code):
        if self.fails(code.lock, "update" if code.held else "set"):
            return "failed"
        if code.held is None and self.space(code.lock) <= 0:
            return "full"
        others = self.of(code.lock, managed=False)
        if any(one.held and code.wish["code"] in one.pins for one in others):
            return "duplicate"
        return None

    def retry(self, code, kind):
        self.ask(code, kind)
        code.step.due += RETRY_AFTER

    def program(self, code):
        where = code.place(self.now)
        problem = self.problem(code)
        if problem is not None:
            if code.error != problem:
                self.emit(code, "failed_to_set_on_device")
            code.error = problem
            if problem == "failed":  # what ends another problem tries the code again
                self.retry(code, "program")
            return
        was_held = code.held is not None
        self.emit_changes(code)
        code.busy = code.late = False
        code.error = None
        code.held = None if where == LATER else dict(code.wish)
        code.opens_at = code.start if where == PRELOADED else None
        if where == ACTIVE:
            self.emit(code, "set_on_device")
        elif where == PRELOADED and not was_held:
            self.emit(code, "scheduled_on_device")
        elif where == LATER:
            code.begun = False
            self.retry_full(code.lock)

    def remove(self, code):
        if self.fails(code.lock, "remove"):
            if code.managed and code.error != "not removed":
                self.emit(code, "failed_to_remove_from_device")
            code.error = "not removed"
            self.retry(code, "remove")
            return
        freed, lock = code.pins, code.lock
        ended = ("removed_from_device", "deleted")
        self.forget(code, *(ended if code.managed else ("unmanaged.removed",)))
        self.retry_blocked(lock, freed)
        self.retry_full(lock)

    def convert(self, code):
        if (
            self.fails(code.lock, "convert")
            or not code.lock.is_native
            or self.taken_by_another(code.lock, code.wish["code"])
        ):
            self.emit(code, "unmanaged.failed_to_convert_to_managed")
            return
        self.emit(code, "unmanaged.converted_to_managed")
        code.managed = True
        if code.held is None:
            code.busy = True
            self.ask(code, "program")
        elif code.place(self.now) == ACTIVE:
            code.opens_at = None

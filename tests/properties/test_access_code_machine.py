"""Access codes under everything that apps, owners, locks and time do, against a model that only
knows what is wanted of a lock, what it has, and whether it can be reached.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from seam.resources import AccessCode, UnmanagedAccessCode

from fakeseam import ApiError, FakeSeam, MisuseError
from tests.properties.code_model import Code, Lock, Model
from tests.properties.code_values import (
    NOON,
    Mirror,
    before_mutations,
    iso,
    seen,
    short,
    values_of,
)
from tests.properties.effort import examples

HOUR, DAY = 60, 24 * 60
SMALL = {"name": "Small", "properties": {"max_active_codes_supported": 2}}
LOCKS = [
    ("august", [{"name": "Door"}, SMALL], 0),
    ("smartthings", [{"name": "Gate"}], 0),
    ("august", [{"name": "Elsewhere"}], 1),
]
NUMBERS = st.sampled_from([0, 0, 0, 1, 1, 2, 3])
PINS = st.sampled_from(["1111", "1111", "2222", "3333"])
SOMETIMES = st.sampled_from([False, False, False, True])
TROUBLES = st.sampled_from(["connection", "connection", "pace", "pace", "account"])
NAMES = st.sampled_from(["Jane", "John"])
# From now to the start, and from there to the end.
STARTS = st.sampled_from([-DAY, 0, 30, HOUR, HOUR + 1, 2 * HOUR, 3 * DAY, 3 * DAY + 1, 4 * DAY])
LENGTHS = st.sampled_from([5, 10, 2 * HOUR, 2 * DAY, 20 * DAY])
FRAMES = st.one_of(st.none(), st.tuples(STARTS, LENGTHS))
CHANGED_FRAMES = st.one_of(
    st.sampled_from(["same", "ongoing"]), st.tuples(st.one_of(st.none(), STARTS), LENGTHS)
)
SPANS = st.sampled_from([0, 1, 4, 5, 10, 59, HOUR, 11 * HOUR, DAY, 3 * DAY, 14 * DAY])
LISTS = {True: "/access_codes/list", False: "/access_codes/unmanaged/list"}
RESOURCES = {True: AccessCode, False: UnmanagedAccessCode}
STEPS = st.sampled_from(["set", "update", "remove", "convert"])


def code_where(check):
    """The precondition that some code of the model is so, and any such code."""

    def found(machine):
        return [number for number, one in enumerate(machine.model.codes) if check(one)]

    def chosen(machine):
        return st.sampled_from(found(machine)).map(lambda number: machine.model.codes[number])

    return precondition(found), st.runner().flatmap(chosen)


SOME, ANY = code_where(lambda code: code.managed)
SOME_UNMANAGED, UNMANAGED = code_where(lambda code: not code.managed)
SOME_CONVERTIBLE, CONVERTIBLE = code_where(
    lambda code: not code.managed and getattr(code.step, "kind", "") != "remove"
)
SOME_HELD, HELD = code_where(lambda code: code.held is not None and not code.going)


class Codes(RuleBasedStateMachine):
    """Every rule does something to the fake and to its model; then both are compared."""

    @initialize()
    def begin(self):
        self.fake = FakeSeam(now=NOON)
        other = self.fake.create_workspace()
        self.keys = [self.fake.api_key, other.api_key]
        self.workspaces = [self.fake.workspace_id, other.workspace_id]
        self.model, self.locks = Model(), []
        for provider, devices, workspace in LOCKS:
            self.connect(provider, devices, workspace)
        self.mirror = Mirror()
        self.seen, self.modeled = len(self.fake.events), 0
        self.ids = [set(), set()]

    def connect(self, provider, devices, workspace):
        account = self.fake.connect_account(
            provider, workspace_id=self.workspaces[workspace], devices=devices
        )["connected_account_id"]
        found = self.call(workspace, "/devices/list", connected_account_id=account)["devices"]
        for one in found:
            limit = one["properties"]["max_active_codes_supported"]
            is_native = provider == "august"
            self.locks.append(Lock(one["device_id"], workspace, account, is_native, limit))

    def teardown(self):
        if hasattr(self, "fake"):
            self.fake.close()

    def call(self, workspace, path, **params):
        sent = {name: value for name, value in params.items() if value is not None}
        return self.fake.call(path, sent, token=self.keys[workspace])

    def refused(self, status, error_type, workspace, path, **params):
        with pytest.raises(ApiError) as caught:
            self.call(workspace, path, **params)
        assert (caught.value.status, caught.value.type) == (status, error_type)

    # What the app does

    @rule(
        number=NUMBERS,
        pin=st.one_of(PINS, PINS, st.none()),
        name=NAMES,
        frame=FRAMES,
        is_native=st.booleans(),
        allows=st.booleans(),
        sync=SOMETIMES,
    )
    def create(self, number, pin, name, frame, is_native, allows, sync):
        lock, times = self.locks[number], self.times_of(frame)
        asked = (lock.workspace, "/access_codes/create")
        sent = dict(
            device_id=lock.id,
            code=pin,
            name=name,
            **{key: iso(value) for key, value in times.items()},
            prefer_native_scheduling=is_native,
            is_external_modification_allowed=allows,
            sync=sync,
        )
        if times["ends_at"] is not None and times["ends_at"] <= self.model.now:
            return self.refused(400, "invalid_input", *asked, **sent)
        if self.model.taken_by_another(lock, pin):
            return self.refused(409, "duplicate_access_code", *asked, **sent)
        made = self.call(*asked, **sent)["access_code"]
        assert not self.model.taken_by_another(lock, made["code"])
        wish = {"name": name, "code": pin or made["code"], **times}
        code = Code(made["access_code_id"], lock, wish, is_native and lock.is_native, allows)
        self.model.create(code)
        self.model.run_now(code, sync)
        assert (made["status"], values_of(made)) == (code.status(), wish)
        self.mirror[code.id] = dict(wish)
        self.ids[lock.workspace].add(code.id)

    def times_of(self, frame):
        if frame is None:
            return {"starts_at": None, "ends_at": None}
        start = self.model.now + frame[0]
        return {"starts_at": start, "ends_at": start + frame[1]}

    @rule(number=NUMBERS, pin=PINS, name=NAMES, frame=st.tuples(STARTS, LENGTHS))
    def create_for_a_time(self, number, pin, name, frame):
        self.create(number, pin, name, frame, is_native=True, allows=False, sync=False)

    @SOME
    @rule(
        code=ANY,
        name=st.one_of(st.none(), NAMES),
        pin=st.one_of(st.none(), PINS),
        frame=CHANGED_FRAMES,
        allows=st.one_of(st.none(), st.booleans()),
        sync=SOMETIMES,
    )
    def update(self, code, name, pin, frame, allows, sync):
        wish, sent = dict(code.wish), {"name": name, "code": pin}
        wish |= {key: value for key, value in sent.items() if value is not None}
        if frame == "ongoing":
            wish |= {"starts_at": None, "ends_at": None}
            sent["type"] = "ongoing"
        elif isinstance(frame, tuple) and frame[0] is None:
            wish["ends_at"] = self.model.now + frame[1]
            sent["ends_at"] = iso(wish["ends_at"])
        elif isinstance(frame, tuple):
            wish |= self.times_of(frame)
            sent |= {key: iso(wish[key]) for key in ("starts_at", "ends_at")}
        end, start = wish["ends_at"], wish["starts_at"]
        asked = (code.lock.workspace, "/access_codes/update")
        sent |= {"access_code_id": code.id, "sync": sync}
        sent["is_external_modification_allowed"] = allows
        if code.going:
            return self.refused(404, "access_code_not_found", *asked, **sent)
        if "ends_at" in sent and (start is None or end <= max(start, self.model.now)):
            return self.refused(400, "invalid_input", *asked, **sent)
        is_new = pin not in (None, code.wish["code"])
        if is_new and self.model.taken_by_another(code.lock, pin, code):
            return self.refused(409, "duplicate_access_code", *asked, **sent)
        self.call(*asked, **sent)
        code.allows = code.allows if allows is None else allows
        self.model.update(code, wish)
        self.model.run_now(code, sync)

    @SOME
    @rule(code=ANY, sync=SOMETIMES)
    def delete(self, code, sync):
        path = "/access_codes/delete"
        self.call(code.lock.workspace, path, access_code_id=code.id, sync=sync)
        self.model.delete(code)
        self.model.run_now(code, sync)

    @SOME
    @rule(code=ANY)
    def stop_managing(self, code):
        sent = {"access_code_id": code.id, "is_managed": False}
        asked = (code.lock.workspace, "/access_codes/update")
        if code.going:
            return self.refused(404, "access_code_not_found", *asked, **sent)
        self.call(*asked, **sent)
        self.model.unmanage(code)
        self.mirror[code.id] = dict(code.wish)

    @SOME_CONVERTIBLE
    @rule(code=CONVERTIBLE, allows=st.booleans())
    def convert(self, code, allows):
        sent = {"access_code_id": code.id, "is_external_modification_allowed": allows}
        path = "/access_codes/unmanaged/convert_to_managed"
        self.call(code.lock.workspace, path, **sent)
        code.allows = allows
        self.model.ask(code, "convert")

    @SOME_UNMANAGED
    @rule(code=UNMANAGED)
    def delete_an_unmanaged_code(self, code):
        self.call(code.lock.workspace, "/access_codes/unmanaged/delete", access_code_id=code.id)
        self.model.ask(code, "remove")

    # What owners do in the maker's app

    @rule(number=NUMBERS, pin=PINS, name=NAMES)
    def create_outside(self, number, pin, name):
        lock = self.locks[number]
        made = self.fake.create_unmanaged_access_code(lock.id, pin, name)
        wish = values_of(made) | {"code": pin}
        code = Code(made["access_code_id"], lock, wish, lock.is_native)
        self.model.create_unmanaged(code)
        self.mirror[code.id] = dict(code.wish)
        self.ids[lock.workspace].add(code.id)

    @SOME_HELD
    @rule(code=HELD, name=st.one_of(st.none(), NAMES), pin=PINS)
    def change_outside(self, code, name, pin):
        values = {k: v for k, v in (("name", name), ("code", pin)) if v is not None}
        if code.managed and code.allows and self.model.taken_by_another(code.lock, pin, code):
            with pytest.raises(MisuseError):
                self.fake.change_access_code(code.id, **values)
            return
        self.fake.change_access_code(code.id, **values)
        self.model.change_outside(code, values)
        self.mirror[code.id] = dict(code.told)

    @SOME_HELD
    @rule(code=HELD)
    def remove_outside(self, code):
        self.fake.remove_access_code(code.id)
        self.model.remove_outside(code)

    # What locks and time do

    @rule(minutes=SPANS)
    def advance(self, minutes):
        self.fake.clock.advance(timedelta(minutes=minutes))
        self.model.run(self.model.now + minutes)

    @rule(number=NUMBERS, trouble=TROUBLES)
    def trouble_or_none(self, number, trouble):
        """The lock is offline, its account is disconnected, or it is slow; or no more."""
        getattr(self, f"turn_{trouble}")(self.locks[number])

    @rule()
    def no_trouble_at_all(self):
        for lock in self.locks:
            lock.connected or self.turn_connection(lock)
            lock.account_connected or self.turn_account(lock)
            lock.slow and self.turn_pace(lock)

    def turn_connection(self, lock):
        if not lock.is_native:
            return  # a SmartThings lock cannot be simulated offline
        path = f"/devices/simulate/{'disconnect' if lock.connected else 'connect'}"
        self.call(lock.workspace, path, device_id=lock.id)
        self.turn(lock, connected=not lock.connected)

    def turn_account(self, lock):
        was = lock.account_connected
        (self.fake.disconnect_account if was else self.fake.reconnect_account)(lock.account)
        for one in self.locks:
            if one.account == lock.account:
                self.turn(one, account_connected=not was)

    def turn(self, lock, **flags):
        was_online = lock.online
        for name, value in flags.items():
            setattr(lock, name, value)
        if lock.online and not was_online:
            self.model.release(lock)

    def turn_pace(self, lock):
        (self.fake.release_device if lock.slow else self.fake.hold_device)(lock.id)
        lock.slow = not lock.slow
        if not lock.slow:
            self.model.release(lock)

    @rule(number=NUMBERS, step=STEPS, times=st.integers(1, 2))
    def fail_next_step(self, number, step, times):
        self.fake.fail_next_step(self.locks[number].id, step, times=times)
        self.locks[number].failing += [step] * times

    @rule(minutes=SPANS)
    def a_restored_snapshot_goes_on_alike(self, minutes):
        other = FakeSeam(now=self.fake.clock.now)
        other.restore(self.fake.snapshot())
        for fake in (self.fake, other):
            fake.clock.advance(timedelta(minutes=minutes))
        assert list(other.events) == list(self.fake.events)
        for lock in self.locks:
            for path in LISTS.values():
                sent, by = {"device_id": lock.id}, {"token": self.keys[lock.workspace]}
                assert other.call(path, sent, **by) == self.fake.call(path, sent, **by)
        other.close()
        self.model.run(self.model.now + minutes)

    @rule(workspace=st.integers(0, 1))
    def a_workspace_sees_nothing_of_another(self, workspace):
        everything = sorted(self.ids[0] | self.ids[1])
        found = self.call(workspace, LISTS[True], access_code_ids=everything)["access_codes"]
        found += self.call(workspace, "/events/list", since="2000-01-01", limit=1000)["events"]
        seen = {one["access_code_id"] for one in found if "access_code_id" in one}
        assert seen <= self.ids[workspace]
        for lock in self.locks:
            for path in LISTS.values() if lock.workspace != workspace else ():
                assert self.codes_of(lock, path, workspace) == []
        for one in sorted(self.ids[1 - workspace]):
            for path in ("get", "unmanaged/get", "delete", "unmanaged/delete"):
                path = f"/access_codes/{path}"
                self.refused(404, "access_code_not_found", workspace, path, access_code_id=one)

    # What always holds

    @invariant()
    def everything_is_as_the_model_has_it(self):
        self.model.run()
        both = [(lock, kind) for lock in self.locks for kind in LISTS]
        self.listed = {(lock.id, kind): self.codes_of(lock, LISTS[kind]) for lock, kind in both}
        self.check_codes()
        self.check_times()
        self.check_events()
        self.check_that_events_tell_every_change()

    def codes_of(self, lock, path, workspace=None):
        workspace = lock.workspace if workspace is None else workspace
        return self.call(workspace, path, device_id=lock.id)["access_codes"]

    def check_codes(self):
        for lock in self.locks:
            for is_managed, resource in RESOURCES.items():
                wanted = self.model.of(lock, managed=is_managed)
                found = {}
                for one in self.listed[lock.id, is_managed]:
                    read = resource.from_dict(one)
                    assert (read.code, read.is_managed) == (one["code"], is_managed)
                    found[read.access_code_id] = (read.status, values_of(one))
                assert found == {one.id: (one.status(), seen(one, one.wish)) for one in wanted}
            pins = [one["code"] for one in self.listed[lock.id, True]]
            assert len(pins) == len(set(pins))

    def check_times(self):
        """A code is set within its time only, and always on a lock that can be reached."""
        shown = {one["access_code_id"]: one for codes in self.listed.values() for one in codes}
        for one in self.model.codes:
            if one.managed and one.lock.account_connected:
                before = 0 if one.native else HOUR
                is_now = one.start is None or one.start - before <= self.model.now < one.end
                is_set = shown[one.id]["status"] == "set"
                is_stuck = one.lock.slow or one.lost or shown[one.id]["errors"]
                assert is_set if is_now and not is_stuck else is_now or not is_set

    def check_events(self):
        new = list(self.fake.events)[self.seen :]
        self.seen += len(new)
        new = [one for one in new if one["event_type"].startswith("access_code.")]
        modeled, self.modeled = self.model.events[self.modeled :], len(self.model.events)
        for code_id in {one["access_code_id"] for one in new} | {one for one, _ in modeled}:
            found = [short(one) for one in new if one["access_code_id"] == code_id]
            assert found == [one for other, one in modeled if other == code_id]
        for event in new:
            self.mirror.replay(event)

    def check_that_events_tell_every_change(self):
        shown = [one for codes in self.listed.values() for one in codes]
        told = {one["access_code_id"]: before_mutations(one) for one in shown}
        codes = {one.id: one for one in self.model.codes}
        assert told == {key: seen(codes[key], one) for key, one in self.mirror.items()}


TestEveryCodeIsWhatItsLockAndTimeMakeOfIt = Codes.TestCase
TestEveryCodeIsWhatItsLockAndTimeMakeOfIt.settings = examples(0.75, stateful_step_count=25)

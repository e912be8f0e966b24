"""Saving and replacing a fake's state: snapshots, dumps, seed files, reset."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from ..api.auth import CONTROL
from ..api.context import Caller, RequestContext
from ..api.dump_check import check_dump
from ..api.record_types import RECORD_TYPES, type_with_key
from ..api.rules import Rules
from ..api.workspaces.record import API_KEYS, WORKSPACES, ApiKey
from ..control.arguments import check_bool, check_path
from ..control.context import Runtime
from ..core.clock import Clock
from ..core.store import Store
from ..core.undo_log import Recording
from ..errors import MisuseError, is_outcome
from ..runtime.engine import Engine, FirstWorkspace
from .dumps import with_schema, write_dump
from .seed_files import Dump, Loadable, read
from .snapshots import Snapshot

if TYPE_CHECKING:
    from ..fake import FakeSeam

__all__ = ["Arguments", "StateManager", "check_seed"]

__tracebackhide__ = is_outcome

STRICT_TITLE = "Strict mode: the app did what a strict test does not allow:"


@dataclass(frozen=True)
class Arguments:
    """The arguments that a fake was made with. A reset restores them."""

    seed: int
    api_key: str | None
    workspace_id: str | None
    strict: bool
    rules: Rules
    clock_position: Any


class StateManager:
    """Saves and replaces a fake's state. Call it without the lock.

    ``fake`` is what functions get that ``load`` calls.
    """

    def __init__(
        self,
        fake: FakeSeam,
        *,
        name: str | None,
        seed: int,
        now: datetime | str | None,
        strict: bool,
        base_url: str | None,
        api_key: str | None,
        workspace_id: str | None,
        request_log_size: int,
        rules: Rules,
    ) -> None:
        self._fake = fake
        self._saved: dict[str, Snapshot] = {}
        self._saved_count = 0
        self._reported: dict[str, None] = {}
        self.engine = Engine(
            name=name,
            now=now,
            strict=strict,
            base_url=base_url,
            request_log_size=request_log_size,
            state=self,
        )
        position = self.engine.clock.position()
        self._arguments = Arguments(seed, api_key, workspace_id, strict, rules, position)
        self._replacing = threading.Lock()
        self._start(seed, rules)

    def _start(self, seed: int, rules: Rules) -> None:
        arguments = self._arguments
        self.engine.start(
            seed, rules, api_key=arguments.api_key, workspace_id=arguments.workspace_id
        )

    @property
    def workspace(self) -> dict[str, str]:
        """The id and the API key of the first workspace, as control endpoints return them."""
        return self.engine.first_workspace._asdict()

    @contextmanager
    def keeping_api_key(self) -> Iterator[None]:
        """Makes resets and loads keep the API key, as an app has read it from its environment."""
        before = self._arguments.api_key
        self._arguments = replace(self._arguments, api_key=self.engine.api_key)
        try:
            yield
        finally:
            self._arguments = replace(self._arguments, api_key=before)

    # Snapshots

    def snapshot(self) -> Snapshot:
        """Returns the state as a value, without the faults and the journal."""
        with self.engine.locked() as runtime:
            return self._snapshot(runtime)

    def _snapshot(self, runtime: Runtime) -> Snapshot:
        first = self.engine.first_workspace
        store = runtime.store.snapshot()
        return Snapshot(store, runtime.ids.seed, first.api_key, first.workspace_id)

    def restore(self, snapshot: Snapshot) -> None:
        """Replaces the state by that of a snapshot; the clock does not go back."""
        if not isinstance(snapshot, Snapshot):
            raise MisuseError(f"restore takes what fake.snapshot() returned, not {snapshot!r}")
        with self.engine.locked() as runtime:
            before = self._snapshot(runtime)
            self._put(runtime, snapshot)
            self.engine.undo_log.replaced()
            self.engine.undo_log.push(lambda: self._put(runtime, before))
        self.engine.notifier.notify()

    def _put(self, runtime: Runtime, snapshot: Snapshot) -> None:
        """Replaces the contents of a runtime by those of a snapshot; under the lock."""
        runtime.store.restore(snapshot.store)
        runtime.webhooks.discard_in_flight()
        runtime.ids.seed = snapshot.seed
        self.engine.first_workspace = FirstWorkspace(snapshot.workspace_id, snapshot.api_key)

    def save_snapshot(self) -> str:
        """Saves a snapshot until the fake is reset or closed; returns its id."""
        self._saved_count += 1  # an id is not used again after a reset
        snapshot_id = f"snapshot{self._saved_count}"
        self._saved[snapshot_id] = self.snapshot()
        return snapshot_id

    def restore_saved(self, snapshot_id: str) -> dict[str, str]:
        """Restores a saved snapshot; returns the first workspace's id and API key."""
        if snapshot_id not in self._saved:
            valid = ", ".join(self._saved) or "none"
            raise MisuseError(
                f"There is no snapshot {snapshot_id!r}; a reset discards them. Snapshots: {valid}"
            )
        self.restore(self._saved[snapshot_id])
        return self.workspace

    # Dumps and seed files

    def to_dump(self) -> dict[str, Any]:
        """Returns the state as the JSON of a dump."""
        with self.engine.locked() as runtime:
            return with_schema(
                {"seed": runtime.ids.seed, **self.workspace, "store": runtime.store.dump()}
            )

    def write_dump(self, path: str | os.PathLike[str]) -> None:
        """Writes the state to a JSON file."""
        check_path(path)
        write_dump(path, self.to_dump())

    def load(self, source: Loadable) -> dict[str, str]:
        """Loads dumps, seed files and functions, all or none of them.

        What other threads do meanwhile stays if the load fails, unless a dump had replaced it.
        Returns the first workspace's id and API key.
        """
        sources = read(source)
        with self._all_or_nothing() as recording:
            for one in sources:
                if isinstance(one, Dump):
                    self._apply_dump(one)
                else:
                    one.apply(self._fake)
            if recording.is_split:
                raise MisuseError(
                    "load() was interrupted: another thread has replaced the state, by reset(),"
                    " restore() or a dump. Let one thread at a time do that."
                )
        return self.workspace

    @contextmanager
    def _all_or_nothing(self) -> Iterator[Recording]:
        """Undoes what the calling thread does inside if it raises an exception."""
        with self.engine.undo_log.recording() as recording:
            try:
                yield recording
            except BaseException:
                with self.engine.locked() as runtime:
                    recording.undo()
                    _delete_orphans(runtime.store)
                    runtime.webhooks.discard_undone()
                self.engine.notifier.notify()
                raise

    def _apply_dump(self, dump: Dump) -> None:
        """Replaces the state by that of a dump, whose schema is known to be right."""
        store, state = Store(RECORD_TYPES), dump.state
        given_key = self._arguments.api_key
        try:
            store.load(state["store"])
            seed, key, workspace_id = state["seed"], state["api_key"], state["workspace_id"]
            check_seed(seed)
            if store.get(WORKSPACES, workspace_id) is None or store.get(API_KEYS, key) is None:
                raise ValueError("its workspace or key is missing")
            check_dump(self._dump_context(store))
        except Exception as exc:
            raise MisuseError(f"{dump.name} is a damaged dump: {exc!r}") from exc
        if given_key is not None and store.get(API_KEYS, given_key) is None:
            created_at = store.all(API_KEYS)[0].created_at
            store.put(API_KEYS, ApiKey(given_key, created_at, workspace_id))
        self.restore(Snapshot(store.snapshot(), seed, given_key or key, workspace_id))

    def _dump_context(self, store: Store) -> RequestContext:
        runtime = self.engine.runtime
        return RequestContext(
            store=store,
            clock=runtime.clock,
            ids=runtime.ids,
            rules=runtime.rules,
            caller=Caller(CONTROL),
            base_url=self.engine.address,
            path="/",
            params={},
        )

    # Reset and close

    def reset(
        self,
        *,
        seed: int | None = None,
        now: datetime | str | None = None,
        strict: bool | None = None,
        **rules: object,
    ) -> dict[str, str]:
        """Replaces the state by that of a new fake; returns its workspace's id and API key.

        A given value replaces an argument that the fake was made with, until the next reset.
        """
        if self.engine.undo_log.is_recording:
            raise MisuseError("reset() cannot run during load(). Call it before load().")
        arguments = self._arguments
        changes = cast("dict[str, Any]", rules)
        new_rules = replace(
            arguments.rules, **{name: rule for name, rule in changes.items() if rule is not None}
        )
        position = arguments.clock_position
        if now is not None:
            position = Clock(now, source=time.time).position()
        if seed is not None:
            check_seed(seed)
        if strict is not None:
            check_bool("strict", strict)
        with self._replacing:
            self.engine.webhook_dispatcher.close()
            self._saved.clear()
            with self.engine.locked():
                self._keep_violations()
                self.engine.undo_log.replaced()
                self.engine.clock.set_position(position)
                self.engine.strict = arguments.strict if strict is None else strict
                self._start(arguments.seed if seed is None else seed, new_rules)
                workspace = self.workspace
        self.engine.notifier.notify()
        return workspace

    def close(self) -> None:
        """Closes the engine, and discards the saved snapshots."""
        self.engine.close()
        self._saved.clear()

    def check_api_key(self, key: str) -> None:
        """Raises ``MisuseError`` for a key of another fake of the server."""
        engine = self.engine
        if engine.named_fakes is not None:
            engine.named_fakes.check_api_key(engine.name, key)

    def _keep_violations(self) -> None:
        """Keeps the strict violations of a fake of the command line, whose workers reset it."""
        if self.engine.strict and self.engine.named_fakes is not None:
            self._reported |= self.engine.runtime.journal.strict_violations

    def strict_report(self) -> str:
        """Returns the strict violations as lines, those from before resets too; empty without."""
        self._keep_violations()
        lines = [STRICT_TITLE, *(f"  {violation}" for violation in self._reported)]
        return "".join(f"{line}\n" for line in lines) if self._reported else ""

    def close_named(self) -> None:
        """Closes a named fake of a server. Raises ``MisuseError`` for any other fake."""
        engine = self.engine
        if engine.name is None or engine.named_fakes is None:
            raise MisuseError(
                "close ends the fake of a key seam_fake_NAME: send that key as the bearer token."
                " Any other fake ends with its server, or in Python with fake.close()."
            )
        engine.named_fakes.end(engine.name)

    def assert_nothing_unexpected(self) -> None:
        """Raises ``AssertionError`` if the fake is strict and has strict violations."""
        journal = self.engine.runtime.journal
        if self.engine.strict and journal.strict_violations:
            lines = [STRICT_TITLE]
            lines += (f"  {violation}" for violation in journal.strict_violations)
            lines += (traceback.rstrip() for traceback in journal.receiver_errors)
            raise AssertionError("\n".join(lines))


def _delete_orphans(store: Store) -> None:
    """Deletes what other threads have added to records whose creation was undone."""
    for record_type in RECORD_TYPES:
        if record_type.belongs_to is None:
            continue
        owner_type = type_with_key(record_type.belongs_to)
        for record in store.all(record_type):
            owner = getattr(record, record_type.belongs_to)
            if owner is not None and store.get(owner_type, owner) is None:
                store.delete(record_type, record_type.key_of(record))


def check_seed(seed: object) -> None:
    """Raises ``MisuseError`` for a seed that is not an int."""
    if not isinstance(seed, int) or isinstance(seed, bool):
        raise MisuseError(f"seed={seed!r}: a seed is an int")

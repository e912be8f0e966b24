"""``fake.aio``: awaitable forms, for senders that need the test's event loop."""

from __future__ import annotations

import asyncio
import inspect
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from fakeseam import FakeSeam, LoginFailed, MisuseError
from fakeseam.control.aio import Aio

URL = "https://app.example.com/hooks"
WARNING = "partial_backup_access_code_pool"


class App:
    """An app whose receiver uses a connection of its own event loop, and the asynchronous SDK."""

    def __init__(self, fake):
        self.fake = fake
        self.seam = fake.async_client()
        self.lock = asyncio.Lock()  # belongs to a loop once two tasks have met at it
        self.pool = asyncio.get_running_loop().create_future()
        self.pool.set_result("connection")
        self.got = []

    async def receive(self, delivery):
        async with self.lock:
            assert await self.pool == "connection"  # another loop would refuse this
            await self.seam.devices.list()
            self.got.append(delivery.event["event_type"])
        return 200


def with_app(fake, story, **hook):
    """Runs a story on a loop of its own, with the app as the receiver."""

    async def run():
        app = App(fake)
        fake.call("/webhooks/create", {"url": URL, **hook})
        fake.webhooks.deliver_to(app.receive)
        await story(app)
        fake.webhooks.assert_all_delivered()
        return app

    return asyncio.run(run())


CALLS = {
    "complete_connect_webview": lambda aio, it: aio.complete_connect_webview(it.webview),
    "fail_connect_webview": lambda aio, it: aio.fail_connect_webview(it.webview),
    "webview_redirect_url": lambda aio, it: aio.webview_redirect_url(it.completed),
    "connect_account": lambda aio, it: aio.connect_account(email="joe@example.com"),
    "reconnect_account": lambda aio, it: aio.reconnect_account(it.account),
    "disconnect_account": lambda aio, it: aio.disconnect_account(it.account),
    "request_reauthorization": lambda aio, it: aio.request_reauthorization(it.account),
    "sync_account": lambda aio, it: aio.sync_account(it.deferred),
    "set_provider_devices": lambda aio, it: aio.set_provider_devices("august", []),
    "add_account_error": lambda aio, it: aio.add_account_error(
        it.account, "salto_ks_subscription_limit_exceeded", salto_ks_metadata={"sites": []}
    ),
    "add_account_warning": lambda aio, it: aio.add_account_warning(
        it.account, "scheduled_maintenance_window"
    ),
    "clear_account_error": lambda aio, it: aio.clear_account_error(
        it.account, "salto_ks_subscription_limit_exceeded"
    ),
    "clear_account_warning": lambda aio, it: aio.clear_account_warning(
        it.account, "scheduled_maintenance_window"
    ),
    "add_device_error": lambda aio, it: aio.add_device_error(it.device, "hub_disconnected"),
    "add_device_warning": lambda aio, it: aio.add_device_warning(it.device, WARNING),
    "clear_device_error": lambda aio, it: aio.clear_device_error(it.device, "hub_disconnected"),
    "clear_device_warning": lambda aio, it: aio.clear_device_warning(it.device, WARNING),
    "create_connect_webview": lambda aio, it: aio.create_connect_webview(),
    "hold_device": lambda aio, it: aio.hold_device(it.device),
    "release_device": lambda aio, it: aio.release_device(it.device),
    "fail_next_step": lambda aio, it: aio.fail_next_step(it.device, "lock"),
    "enter_code": lambda aio, it: aio.enter_code(it.device, "0000"),
    "turn_lock": lambda aio, it: aio.turn_lock(it.device, False),
    "set_battery": lambda aio, it: aio.set_battery(it.device, 0.2),
    "tamper": lambda aio, it: aio.tamper(it.device),
    "door": lambda aio, it: aio.door(it.device),
    "update_action_attempt": lambda aio, it: aio.update_action_attempt(it.attempt, "success"),
    "create_unmanaged_access_code": lambda aio, it: aio.create_unmanaged_access_code(
        it.device, "9876"
    ),
    "change_access_code": lambda aio, it: aio.change_access_code(it.code, name="Joe"),
    "remove_access_code": lambda aio, it: aio.remove_access_code(it.code),
    "add_access_code_error": lambda aio, it: aio.add_access_code_error(it.code, "provider_issue"),
    "add_access_code_warning": lambda aio, it: aio.add_access_code_warning(
        it.code, "management_transferred"
    ),
    "clear_access_code_error": lambda aio, it: aio.clear_access_code_error(
        it.code, "provider_issue"
    ),
    "clear_access_code_warning": lambda aio, it: aio.clear_access_code_warning(
        it.code, "management_transferred"
    ),
    "emit": lambda aio, it: aio.emit("device.tampered", device_id=it.device),
    "create_workspace": lambda aio, it: aio.create_workspace("Other"),
    "create_client_session": lambda aio, it: aio.create_client_session("jane"),
    "create_personal_access_token": lambda aio, it: aio.create_personal_access_token(),
    "load": lambda aio, it: aio.load(lambda fake: fake.connect_account()),
    "snapshot": lambda aio, it: aio.snapshot(),
    "restore": lambda aio, it: aio.restore(it.snapshot),
    "dump": lambda aio, it: aio.dump(it.path),
    "reset": lambda aio, it: aio.reset(),
}


class Things:
    def __init__(self, fake, tmp_path):
        self.path = tmp_path / "dump.json"
        self.snapshot = fake.snapshot()
        self.account = fake.connect_account(email="jane@example.com")
        fake.sync_account(self.account)
        self.device = fake.call("/devices/list")["devices"][0]
        on_device = {"device_id": self.device["device_id"]}
        made = fake.call("/access_codes/create", on_device)
        self.code, self.attempt = made["access_code"], made["action_attempt"]
        self.deferred = fake.connect_account("minut", email="jim@example.com")
        self.webview = fake.call("/connect_webviews/create")["connect_webview"]
        self.completed = fake.call("/connect_webviews/create")["connect_webview"]
        fake.complete_connect_webview(self.completed)


def test_every_form_has_a_call_here():
    forms = {name for name, one in vars(Aio).items() if inspect.iscoroutinefunction(one)}

    assert forms == CALLS.keys()


@pytest.mark.parametrize("name", [one for one in CALLS if one not in ("restore", "reset")])
def test_each_form_awaits_the_receiver_of_what_it_causes(name, tmp_path):
    with FakeSeam(defer_sync=name == "sync_account") as fake:
        things = Things(fake, tmp_path)
        before = len(fake.events)

        async def story(app):
            await CALLS[name](fake.aio, things)
            assert app.got == [one["event_type"] for one in fake.events[before:]]

        with_app(fake, story)


@pytest.mark.parametrize("name", CALLS)
def test_each_form_first_awaits_the_receiver_of_what_a_thread_caused(name, tmp_path):
    with FakeSeam() as fake:
        things = Things(fake, tmp_path)

        async def story(app):
            thread = threading.Thread(target=fake.call, args=["/spaces/create", {"name": "North"}])
            thread.start()
            thread.join()
            await CALLS[name](fake.aio, things)
            assert app.got[0] == "space.created"

        with_app(fake, story)


@pytest.mark.parametrize("name", CALLS)
def test_the_plain_form_is_refused_beforehand_and_changes_nothing(name, tmp_path):
    with FakeSeam() as fake:
        things = Things(fake, tmp_path)

        async def story(app):
            before = fake.call("/_fakeseam/dump")
            with pytest.raises(MisuseError, match=rf"await fake\.aio\.{name}\("):
                CALLS[name](fake, things)
            assert fake.call("/_fakeseam/dump") == before

        with_app(fake, story)


def test_the_forms_for_the_whole_state_do_what_the_plain_ones_do(fake, tmp_path):
    async def story():
        first = await fake.aio.snapshot()
        await fake.aio.load(lambda fake: fake.connect_account(email="jane@example.com"))
        assert names() == ["jane@example.com"]
        await fake.aio.dump(tmp_path / "jane.json")
        await fake.aio.restore(first)
        assert names() == []
        await fake.aio.load(tmp_path / "jane.json")
        assert names() == ["jane@example.com"]
        await fake.aio.reset(seed=5)
        assert (names(), fake.seed) == ([], 5)

    def names():
        accounts = fake.call("/connected_accounts/list")["connected_accounts"]
        return [one["display_name"] for one in accounts]

    asyncio.run(story())


def test_what_waits_to_be_awaited_is_named_by_any_read_but_the_timeline(fake):
    async def story(app):
        thread = threading.Thread(target=fake.connect_account, args=["minut"])
        thread.start()
        thread.join()
        with pytest.raises(MisuseError, match=r"call `await fake.aio.webhooks.settle\(\)` first"):
            len(fake.events)
        assert "waits for the test: device.added (see webhooks.settle)" in fake.timeline()
        await fake.aio.webhooks.settle()

    with_app(fake, story)


def test_its_repr_names_the_fake(fake):
    assert repr(fake.aio) == f"<the awaitable forms of {fake!r}>"


def test_the_loop_may_run_in_another_thread_than_the_one_that_made_the_fake(fake):
    """An asynchronous test of Django's ``TestCase`` has a thread of its own; ``setUp`` has not."""

    async def story(app):
        await fake.aio.connect_account()
        assert len(app.got) == len(fake.events)
        await fake.aio.webhooks.settle()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(with_app, fake, story).result()
        pool.submit(with_app, fake, story).result()


def test_an_error_is_raised_after_its_events_are_delivered(fake):
    async def story(app):
        webview = fake.call("/connect_webviews/create")["connect_webview"]
        with pytest.raises(LoginFailed):
            await fake.aio.complete_connect_webview(webview, password="wrong")
        assert app.got == ["connect_webview.login_failed"]

    with_app(fake, story)


# Time and waiting


def test_the_clock_makes_retries_on_the_loop_of_the_test(fake):
    statuses = [500, 500, 200]

    async def story():
        home = asyncio.get_running_loop()

        async def receive(one):
            assert asyncio.get_running_loop() is home
            return statuses.pop(0)

        fake.call("/webhooks/create", {"url": URL, "event_types": ["connected_account.created"]})
        fake.webhooks.deliver_to(receive)
        await fake.aio.connect_account()
        await fake.aio.clock.advance(3600)

    asyncio.run(story())
    assert [one.at[11:19] for one in fake.webhooks[0].attempts] == [
        "00:00:00",
        "00:00:05",
        "00:05:05",
    ]


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("clock.advance", lambda fake: fake.clock.advance(1)),
        ("webhooks.settle", lambda fake: fake.webhooks.settle()),
        ("events.wait_for", lambda fake: fake.events.wait_for("device.added")),
        ("requests.wait_for", lambda fake: fake.requests.wait_for("/devices/list")),
        ("webhooks.wait_for", lambda fake: fake.webhooks.wait_for("device.added")),
    ],
)
def test_the_plain_forms_that_wait_are_refused_too(fake, name, call):
    async def story(app):
        with pytest.raises(MisuseError, match=rf"await fake\.aio\.{name}\("):
            call(fake)

    with_app(fake, story)


def test_what_another_thread_causes_is_delivered_at_settle(fake):
    async def story(app):
        thread = threading.Thread(target=fake.connect_account, args=["minut"])
        thread.start()
        thread.join()
        assert app.got == []
        await fake.aio.webhooks.settle()
        assert "device.added" in app.got

    with_app(fake, story)


def test_a_sender_for_settled_is_awaited_at_settle(fake):
    async def story():
        app = App(fake)
        fake.call("/webhooks/create", {"url": URL})
        fake.webhooks.deliver_to(app.receive, when="settled")
        await fake.aio.connect_account()
        assert app.got == []
        await fake.aio.webhooks.settle()
        assert len(app.got) == len(fake.events)

    asyncio.run(story())


def test_settle_waits_for_the_receiver_that_another_task_runs(fake):
    async def story():
        entered, release = asyncio.Event(), asyncio.Event()

        async def receive(one):
            entered.set()
            await release.wait()
            return 200

        fake.call("/webhooks/create", {"url": URL, "event_types": ["connected_account.created"]})
        fake.webhooks.deliver_to(receive)
        connecting = asyncio.create_task(fake.aio.connect_account())
        await entered.wait()
        settling = asyncio.create_task(fake.aio.webhooks.settle())
        await asyncio.sleep(0)
        release.set()
        await settling
        fake.webhooks.assert_all_delivered()
        await connecting

    asyncio.run(story())


@pytest.mark.parametrize("log", ["events", "requests", "webhooks"])
def test_waiting_leaves_the_loop_to_other_tasks(fake, log):
    async def app():
        async with fake.async_client() as seam:
            await seam.spaces.create(name="North")

    async def story():
        fake.call("/webhooks/create", {"url": URL})
        task = asyncio.create_task(app())
        wanted = "/spaces/create" if log == "requests" else "space.created"
        found = await getattr(fake.aio, log).wait_for(wanted, timeout=60)
        await task
        assert found == getattr(fake, log)[-1]

    asyncio.run(story())


def test_waiting_in_vain_is_an_assertion_error(fake):
    async def story():
        with pytest.raises(AssertionError, match="device.added was not emitted within 0.01 s"):
            await fake.aio.events.wait_for("device.added", timeout=0.01)

    asyncio.run(story())


def test_a_task_that_is_cancelled_while_it_waits_leaves_no_thread(fake):
    async def story():
        task = asyncio.create_task(fake.aio.events.wait_for("device.added", timeout=60))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(story())  # waits for the threads of the loop


@pytest.mark.parametrize("form", ["settle", "advance"])
def test_a_receiver_may_not_wait_for_itself(fake, form):
    waits = {"settle": fake.aio.webhooks.settle, "advance": lambda: fake.aio.clock.advance(1)}
    wait = waits[form]

    async def story():
        async def receive(one):
            with pytest.raises(MisuseError, match="would deadlock inside a webhook receiver"):
                await wait()
            return 200

        fake.call("/webhooks/create", {"url": URL})
        fake.webhooks.deliver_to(receive)
        await fake.aio.connect_account()
        fake.webhooks.assert_all_delivered()

    asyncio.run(story())

"""Whether access codes cost more in a larger store: ten on a device, or on each of a thousand."""

from __future__ import annotations

import gc
import time
from datetime import timedelta

from fakeseam import FakeSeam

from .timing import Effort, Row, Table, Unit, interleave

__all__ = ["measure"]

NOW = "2026-01-01T00:00:00Z"
CODES_OF_A_DEVICE = 10
DAY = timedelta(days=1)
# A stay that begins and ends on the day that passes. Its code is programmed, set and removed.
STAY = {"starts_at": "2026-01-01T06:00:00Z", "ends_at": "2026-01-01T18:00:00Z"}
# How many days pass in the smallest store for one in the largest: one would be too short to time.
SHORT_DAYS = 20


def measure(effort: Effort) -> list[Table]:
    smallest, *larger = (max(1, size // CODES_OF_A_DEVICE) for size in effort.sizes)
    rows = []
    stores = {devices: _calls(_fake(devices)) for devices in (smallest, *larger)}
    for name, floor in stores[smallest].items():
        seconds = interleave([calls[name] for calls in stores.values()], effort)
        for devices in larger:
            pairs = zip(seconds[stores[devices][name]], seconds[floor], strict=True)
            rows.append(Row(name, [mine / one for mine, one in pairs], column=_column(devices)))
    rounds = effort.served_rounds
    days = {devices: [_day(devices) for _ in range(rounds)] for devices in (smallest, *larger)}
    for devices in larger:
        pairs = zip(days[devices], days[smallest], strict=True)
        what = "a day passes, for each code"
        rows.append(Row(what, [mine / one for mine, one in pairs], column=_column(devices)))
    note = (
        f"Devices with {CODES_OF_A_DEVICE} access codes each; 1.00 is the time with one device. On"
        " the day each code is programmed, set and removed, with its events."
    )
    return [Table("Access codes: near 1, they do not get slower", note, rows)]


def _column(devices: int) -> str:
    return f"{devices * CODES_OF_A_DEVICE:,} codes"


def _fake(devices: int) -> FakeSeam:
    """Returns a fake with so many locks, and ten codes for good on each."""
    fake = FakeSeam(now=NOW)
    for _ in range(devices):
        fake.connect_account(devices=[{"name": "Door"}])
    for device in fake.call("/devices/list", {"limit": devices})["devices"]:
        for _ in range(CODES_OF_A_DEVICE):
            fake.call("/access_codes/create", {"device_id": device["device_id"]})
    return fake


def _calls(fake: FakeSeam) -> dict[str, Unit]:
    """Returns what is measured in a store, by its name in the table."""
    device = {"device_id": fake.call("/devices/list", {"limit": 1})["devices"][0]["device_id"]}

    def create_and_delete() -> None:
        code = fake.call("/access_codes/create", device)["access_code"]
        by_id = {"access_code_id": code["access_code_id"]}
        fake.call("/access_codes/get", by_id)
        fake.call("/access_codes/delete", by_id)

    def unlock() -> None:
        attempt = fake.call("/locks/unlock_door", device)["action_attempt"]
        by_id = {"action_attempt_id": attempt["action_attempt_id"]}
        fake.call("/action_attempts/get", by_id)

    return {
        "create, set and delete a code": create_and_delete,
        "list the codes of a device": lambda: fake.call("/access_codes/list", device),
        "unlock a door": unlock,
    }


def _day(devices: int) -> float:
    """Returns the seconds that a day takes for each code, in fakes of its own."""
    seconds, codes = 0.0, 0
    for _ in range(SHORT_DAYS if devices == 1 else 1):
        fake = FakeSeam(now=NOW)
        for _ in range(devices):
            fake.connect_account(devices=[{"name": "Door"}])
        for device in fake.call("/devices/list", {"limit": devices})["devices"]:
            for _ in range(CODES_OF_A_DEVICE):
                fake.call("/access_codes/create", {"device_id": device["device_id"], **STAY})
        gc.collect()
        began = time.perf_counter()
        fake.clock.advance(DAY)
        seconds += time.perf_counter() - began
        codes += devices * CODES_OF_A_DEVICE
    return seconds / codes

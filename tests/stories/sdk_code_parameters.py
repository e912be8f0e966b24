"""A value that has an effect, for every parameter of the SDK's methods for access codes.

The part of ``sdk_parameters.py`` about ``/access_codes``.
"""

from __future__ import annotations

__all__ = ["BASE", "REFUSED", "REPLACED", "SHOWN_AS", "TURNED_ON", "WITH"]

STARTS_AT, ENDS_AT = "2026-03-01T12:00:00.000Z", "2026-03-04T12:00:00.000Z"
LATER_START, LATER_END = "2026-03-02T12:00:00.000Z", "2026-03-05T12:00:00.000Z"
A_MONTH_ON = "2026-03-31T12:00:00.000Z"  # longer than the hourly codes of igloohome
TIMES = {"starts_at": STARTS_AT, "ends_at": ENDS_AT}

_CREATE, _MULTIPLE = "/access_codes/create", "/access_codes/create_multiple"
_UPDATE, _UPDATE_MULTIPLE = "/access_codes/update", "/access_codes/update_multiple"
_CONSTRAINTS = "/access_codes/report_device_constraints"
_SIMULATE = "/access_codes/simulate/create_unmanaged_access_code"
_UNMANAGED = "/access_codes/unmanaged"

BASE = {
    _CREATE: lambda ids: {"device_id": ids.device},
    _MULTIPLE: lambda ids: {"device_ids": [ids.device, ids.nuki]},
    "/access_codes/delete": lambda ids: {"access_code_id": ids.code},
    "/access_codes/generate_code": lambda ids: {"device_id": ids.device},
    "/access_codes/get": lambda ids: {"access_code_id": ids.code},
    "/access_codes/list": lambda ids: {"search": "-"},  # every id has one
    "/access_codes/pull_backup_access_code": lambda ids: {"access_code_id": ids.stay},
    _CONSTRAINTS: lambda ids: {"device_id": ids.smartthings, "supported_code_lengths": [5]},
    _SIMULATE: lambda ids: {"device_id": ids.device, "name": "Cook", "code": "7777"},
    _UPDATE: lambda ids: {"access_code_id": ids.stay},
    _UPDATE_MULTIPLE: lambda ids: {"common_code_key": "k1", "name": "Jo"},
    **{
        f"{_UNMANAGED}/{verb}": lambda ids: {"access_code_id": ids.unmanaged}
        for verb in ("convert_to_managed", "delete", "get")
    },
    f"{_UNMANAGED}/list": lambda ids: {"device_id": ids.device},
    f"{_UNMANAGED}/update": lambda ids: {"access_code_id": ids.unmanaged, "is_managed": True},
}


def _second_page(path, base):
    def cursor(fake, ids):
        body = fake.call(path, {**base(ids), "limit": 1})
        return body["pagination"]["next_page_cursor"]

    return cursor


TURNED_ON = {
    **{
        (path, name): value
        for path in (_CREATE, _MULTIPLE)
        for name, value in {
            "allow_external_modification": lambda ids: True,
            "attempt_for_offline_device": lambda ids: False,
            "code": lambda ids: "989898",
            "ends_at": lambda ids: LATER_END,
            "is_external_modification_allowed": lambda ids: True,
            "prefer_native_scheduling": lambda ids: False,
            "preferred_code_length": lambda ids: 6,
            "starts_at": lambda ids: LATER_START,
            "use_backup_access_code_pool": lambda ids: True,
        }.items()
    },
    (_CREATE, "common_code_key"): lambda ids: "k9",
    (_CREATE, "device_id"): lambda ids: ids.nuki,
    (_CREATE, "is_offline_access_code"): lambda ids: True,
    (_CREATE, "is_one_time_use"): lambda ids: True,
    (_CREATE, "max_time_rounding"): lambda ids: "1d",
    (_CREATE, "use_offline_access_code"): lambda ids: True,
    (_MULTIPLE, "behavior_when_code_cannot_be_shared"): lambda ids: "create_random_code",
    (_MULTIPLE, "device_ids"): lambda ids: [ids.nuki],
    (_MULTIPLE, "preferred_code_length"): lambda ids: 8,
    ("/access_codes/delete", "access_code_id"): lambda ids: ids.second_code,
    ("/access_codes/delete", "device_id"): lambda ids: ids.nuki,
    ("/access_codes/generate_code", "device_id"): lambda ids: ids.nuki,
    ("/access_codes/get", "access_code_id"): lambda ids: ids.second_code,
    ("/access_codes/get", "code"): lambda ids: "2222",
    ("/access_codes/get", "device_id"): lambda ids: ids.nuki,
    ("/access_codes/list", "access_code_ids"): lambda ids: [ids.second_code],
    ("/access_codes/list", "access_grant_key"): lambda ids: "g1",
    ("/access_codes/list", "device_id"): lambda ids: ids.nuki,
    ("/access_codes/list", "page_cursor"): _second_page(
        "/access_codes/list", BASE["/access_codes/list"]
    ),
    ("/access_codes/list", "search"): lambda ids: "second",
    ("/access_codes/pull_backup_access_code", "access_code_id"): lambda ids: ids.second_stay,
    (_CONSTRAINTS, "device_id"): lambda ids: ids.second_smartthings,
    (_CONSTRAINTS, "max_code_length"): lambda ids: 6,
    (_CONSTRAINTS, "min_code_length"): lambda ids: 6,
    (_CONSTRAINTS, "supported_code_lengths"): lambda ids: [6],
    (_SIMULATE, "code"): lambda ids: "8888",
    (_SIMULATE, "device_id"): lambda ids: ids.second_device,
    (_UPDATE, "access_code_id"): lambda ids: ids.second_stay,
    (_UPDATE, "allow_external_modification"): lambda ids: True,
    (_UPDATE, "attempt_for_offline_device"): lambda ids: False,
    (_UPDATE, "code"): lambda ids: "989898",
    (_UPDATE, "device_id"): lambda ids: ids.device,
    (_UPDATE, "ends_at"): lambda ids: LATER_END,
    (_UPDATE, "is_external_modification_allowed"): lambda ids: True,
    (_UPDATE, "starts_at"): lambda ids: LATER_START,
    (_UPDATE, "type"): lambda ids: "ongoing",
    (_UPDATE_MULTIPLE, "common_code_key"): lambda ids: "k2",
    (_UPDATE_MULTIPLE, "ends_at"): lambda ids: LATER_END,
    (_UPDATE_MULTIPLE, "starts_at"): lambda ids: LATER_START,
    **{
        (f"{_UNMANAGED}/{verb}", name): lambda ids: True
        for verb in ("convert_to_managed", "update")
        for name in ("allow_external_modification", "is_external_modification_allowed")
    },
    **{
        (f"{_UNMANAGED}/{verb}", "access_code_id"): lambda ids: ids.second_unmanaged
        for verb in ("convert_to_managed", "delete", "get", "update")
    },
    (f"{_UNMANAGED}/get", "code"): lambda ids: "4444",
    (f"{_UNMANAGED}/get", "device_id"): lambda ids: ids.nuki,
    (f"{_UNMANAGED}/list", "device_id"): lambda ids: ids.second_device,
    (f"{_UNMANAGED}/list", "page_cursor"): _second_page(
        f"{_UNMANAGED}/list", BASE[f"{_UNMANAGED}/list"]
    ),
    (f"{_UNMANAGED}/list", "search"): lambda ids: "cleaner",
    (f"{_UNMANAGED}/list", "user_identifier_key"): lambda ids: "u2",
    ("/events/get", "access_code_id"): lambda ids: ids.code,
    ("/events/list", "access_code_id"): lambda ids: ids.code,
    ("/events/list", "access_code_ids"): lambda ids: [ids.code],
}

REPLACED = {
    ("/access_codes/get", "code"): "access_code_id",
    (_CONSTRAINTS, "max_code_length"): "supported_code_lengths",
    (_CONSTRAINTS, "min_code_length"): "supported_code_lengths",
    (f"{_UNMANAGED}/get", "code"): "access_code_id",
}


def _offline(ids):
    return {"device_id": ids.igloohome, **TIMES}


WITH = {
    **{
        (path, name): lambda ids: TIMES
        for path in (_CREATE, _MULTIPLE)
        for name in (
            *("ends_at", "prefer_native_scheduling", "starts_at"),
            "use_backup_access_code_pool",
        )
    },
    (_CREATE, "attempt_for_offline_device"): lambda ids: {"device_id": ids.second_device},
    (_CREATE, "is_offline_access_code"): _offline,
    (_CREATE, "is_one_time_use"): lambda ids: {
        **_offline(ids),
        "is_offline_access_code": True,
    },
    (_CREATE, "max_time_rounding"): lambda ids: {
        **_offline(ids),
        "is_offline_access_code": True,
        "ends_at": A_MONTH_ON,
    },
    (_CREATE, "use_offline_access_code"): _offline,
    (_MULTIPLE, "attempt_for_offline_device"): lambda ids: {"device_ids": [ids.second_device]},
    (_MULTIPLE, "behavior_when_code_cannot_be_shared"): lambda ids: {
        "device_ids": [ids.device, ids.salto]
    },
    (_MULTIPLE, "preferred_code_length"): lambda ids: {
        "device_ids": [ids.device, ids.second_device]
    },
    ("/access_codes/get", "code"): lambda ids: {"device_id": ids.device},
    (_UPDATE, "attempt_for_offline_device"): lambda ids: {
        "access_code_id": ids.offline_code,
        "name": "Jo",
    },
    (_UPDATE_MULTIPLE, "ends_at"): lambda ids: TIMES,
    (_UPDATE_MULTIPLE, "starts_at"): lambda ids: TIMES,
    (f"{_UNMANAGED}/get", "code"): lambda ids: {"device_id": ids.device},
}

REFUSED = {
    *((path, "attempt_for_offline_device") for path in (_CREATE, _MULTIPLE, _UPDATE)),
    *((f"/access_codes/{verb}", "device_id") for verb in ("delete", "get", "update")),
    (f"{_UNMANAGED}/get", "device_id"),
    (f"{_UNMANAGED}/update", "is_managed"),
}

SHOWN_AS = {
    **{
        (_CREATE, name): (name, None)
        for name in (
            *("code", "common_code_key", "device_id", "ends_at", "is_one_time_use", "name"),
            *("is_external_modification_allowed", "is_offline_access_code", "starts_at"),
        )
    },
    (_CREATE, "allow_external_modification"): ("is_external_modification_allowed", None),
    (_CREATE, "use_offline_access_code"): ("is_offline_access_code", None),
    **{
        (_UPDATE, name): (name, "/access_codes/get")
        for name in (
            *("code", "ends_at", "is_external_modification_allowed", "name", "starts_at"),
            "type",
        )
    },
    (_UPDATE, "allow_external_modification"): (
        "is_external_modification_allowed",
        "/access_codes/get",
    ),
    (_SIMULATE, "name"): ("name", None),
    (_SIMULATE, "code"): ("code", None),
}

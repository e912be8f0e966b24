"""The device types, manufacturers, capabilities, flags and code constraints that Seam knows.

Source: the enums of Seam's OpenAPI and of its Python SDK, in the SDK's order.
"""

from __future__ import annotations

__all__ = [
    "CAPABILITIES_SUPPORTED",
    "CAPABILITY_FLAGS",
    "CODE_CONSTRAINTS",
    "DEVICE_FLAGS",
    "DEVICE_TYPES",
    "LOCK_MANUFACTURERS",
    "LOCK_TYPES",
    "MANUFACTURERS",
    "NAME_CONSTRAINTS",
]

DEVICE_TYPES = tuple(
    """
    akuvox_lock august_lock brivo_access_point butterflymx_panel avigilon_alta_entry
    doorking_lock genie_door igloo_lock linear_lock lockly_lock kwikset_lock nuki_lock
    salto_lock schlage_lock smartthings_lock wyze_lock yale_lock two_n_intercom
    controlbyweb_device ttlock_lock igloohome_lock four_suites_door dormakaba_oracode_door
    tedee_lock akiles_lock ultraloq_lock yacan_lock keyincode_lock omnitec_lock kisi_lock
    aqara_lock keynest_key noiseaware_activity_zone minut_sensor ecobee_thermostat
    nest_thermostat honeywell_resideo_thermostat tado_thermostat sensi_thermostat
    smartthings_thermostat ios_phone android_phone ring_camera tapo_camera arlo_camera
    reolink_camera sonos_speaker
    """.split()
)

# Seam's list of the types of locks ends before this one.
_FIRST_OTHER_TYPE = "keynest_key"
LOCK_TYPES = DEVICE_TYPES[: DEVICE_TYPES.index(_FIRST_OTHER_TYPE)]

MANUFACTURERS = tuple(
    """
    akuvox august avigilon_alta brivo butterflymx doorking four_suites genie igloo keywe
    kwikset linear nuki philia salto samsung schlage seam unknown wyze yale two_n ttlock
    igloohome controlbyweb tedee keyincode akiles aqara ecobee eufy dormakaba_oracode
    dormakaba_oracode_iho honeywell_resideo keynest korelock lockly minut nest noiseaware
    sensi smartthings tado ultraloq ring tapo arlo reolink ical lodgify hostaway guesty
    acuity_scheduling omnitec kisi slack yacan sonos
    """.split()
)

# The manufacturers by which locks can be listed.
LOCK_MANUFACTURERS = tuple(
    """
    akuvox august brivo butterflymx avigilon_alta doorking genie igloo linear kwikset nuki salto
    schlage seam wyze yale two_n controlbyweb ttlock igloohome four_suites tedee keyincode akiles
    aqara eufy dormakaba_oracode dormakaba_oracode_iho korelock lockly smartthings ultraloq
    omnitec kisi yacan
    """.split()
)

# The values of include_if and exclude_if of /devices/list.
CAPABILITY_FLAGS = tuple(
    """
    can_remotely_unlock can_remotely_lock can_program_offline_access_codes
    can_program_online_access_codes can_hvac_heat can_hvac_cool can_hvac_heat_cool
    can_turn_off_hvac can_simulate_removal can_simulate_connection can_simulate_disconnection
    can_unlock_with_code can_run_thermostat_programs
    can_program_thermostat_programs_as_weekday_weekend
    can_program_thermostat_programs_as_different_each_day
    can_program_thermostat_programs_as_same_each_day can_simulate_hub_connection
    can_simulate_hub_disconnection can_simulate_paid_subscription can_configure_auto_lock
    """.split()
)

# Every flag that a device can show. The SDK knows two that the lists cannot filter by.
DEVICE_FLAGS = (*CAPABILITY_FLAGS, "can_stream_live_video", "can_activate_weekly_program")

# The values of a device's ``capabilities_supported``.
CAPABILITIES_SUPPORTED = (
    "access_code",
    "lock",
    "noise_detection",
    "thermostat",
    "battery",
    "phone",
)

# The constraints of the names of access codes. These have a ``min_length`` and a ``max_length``.
NAME_CONSTRAINTS = ("name_length", "name_must_be_unique")

# The values of ``constraint_type`` in a device's ``code_constraints``.
CODE_CONSTRAINTS = (
    *"""
    no_zeros cannot_start_with_12 no_triple_consecutive_ints cannot_specify_pin_code
    pin_code_matches_existing_set start_date_in_future no_ascending_or_descending_sequence
    at_least_three_unique_digits cannot_contain_089 cannot_contain_0789
    unique_first_four_digits no_all_same_digits
    """.split(),
    *NAME_CONSTRAINTS,
)

"""/devices/list_device_providers: the brands, their flags and their categories."""

from __future__ import annotations


def providers(fake, **sent):
    found = fake.call("/devices/list_device_providers", sent)["device_providers"]
    return {one["device_provider_name"]: one for one in found}


def test_a_brand_shows_the_flags_that_are_true(fake):
    assert providers(fake)["nuki"] == {
        "device_provider_name": "nuki",
        "display_name": "Nuki",
        "image_url": "https://connect.getseam.com/assets/images/logos/nuki_logo_square.png",
        "provider_categories": ["stable", "consumer_smartlocks"],
        "can_remotely_unlock": True,
        "can_remotely_lock": True,
        "can_program_online_access_codes": True,
        "can_simulate_paid_subscription": True,
    }


def test_nothing_is_simulated_in_production(fake):
    production = fake.create_workspace(is_sandbox=False)

    body = fake.call("/devices/list_device_providers", token=production.api_key)

    flags = {name for one in body["device_providers"] for name in one if name[:4] == "can_"}
    assert not any("simulate" in flag for flag in flags)
    assert "pagination" not in body


def test_a_category_leaves_its_brands(fake):
    assert set(providers(fake, provider_category="noise_sensors")) == {"minut", "noiseaware"}
    assert "tapo" in providers(fake)
    assert providers(fake)["tapo"]["provider_categories"] == []


def test_the_internal_category_is_no_choice(fake, refuse):
    path = "/devices/list_device_providers"

    assert refuse(path, {"provider_category": "internal_beta"}).type == "invalid_input"
    assert fake.call(path, token=fake.create_client_session())["ok"] is True
    assert refuse(path, token=fake.create_client_session(customer_key="c")).status == 401

"""The login of each brand: its steps, their fields, and the sandbox entries that they accept.

Source: docs.seam.co, the brands' sandbox pages. Unsourced: the names of the fields, and the
order of the steps of every brand except August. Only Seam's guides describe its page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .fields import (
    ACCOUNT,
    CODE,
    SANDBOX_CODE,
    SANDBOX_DOMAIN,
    SANDBOX_IDENTIFIER,
    SANDBOX_PASSWORD,
    SANDBOX_USERNAME,
    Field,
    Form,
    Step,
)
from .provider_catalog import Provider

__all__ = ["extras_of", "filled_in_site", "steps_of"]


def _key(name: str, label: str, value: str = SANDBOX_PASSWORD) -> Field:
    """Returns the field of a key or an id, which accepts one value."""
    return Field(name, label, works=value, accepts=value)


def _free(name: str, label: str, value: str = "", *, kind: str = "text") -> Field:
    """Returns a field that accepts any entry. The page fills in ``value``."""
    return Field(name, label, works="anything", kind=kind, prefilled=value)


def _optional(field: Field) -> Field:
    return replace(field, is_required=False)


_CODE = Step(
    CODE,
    "Enter your verification code",
    (
        Field(
            "code",
            "Verification code",
            works=SANDBOX_CODE,
            accepts=SANDBOX_CODE,
            kind="numeric",
            autocomplete="one-time-code",
        ),
    ),
    button="Submit and Continue",
)
_REGIONS = ("North America", "Others")
_REGION = Field(
    "region", "Region", works="either", accepts="|".join(_REGIONS), kind="choice", choices=_REGIONS
)
_METHOD = Field(
    "two_factor_method",
    "Send the code by",
    works="Email",
    accepts="Email",
    kind="choice",
    choices=("Email",),
)
_TIME_ZONE = _free("time_zone", "Time zone", "America/Los_Angeles")
_MOBILE_KEYS = "Mobile keys (you may leave these out)"
_CLIENT = (_key("client_id", "Client ID", "ABC123ABC"),)

_DORMAKABA = Form(
    before=(
        Step(
            "pairing",
            "Pair your Seam Bridge",
            (
                _free("pairing_token", "Pairing token", SANDBOX_CODE),
                _free("server_ip", "Server IP address", "192.168.1.100"),
            ),
        ),
    ),
    account_fields=(
        _key("api_username", "API username", SANDBOX_USERNAME),
        replace(_key("api_password", "API password"), kind="password"),
        *_CLIENT,
        _key("client_secret", "Client secret", "ABC123ABC"),
    ),
    labels={"username": "PMS username", "password": "PMS password"},
)
_SYSTEM = _free("site", "System name", "Fake System")

_FORMS: Mapping[str, Form] = {
    "august": Form(
        before=(Step("region", "Where is your device?", (_REGION,)),),
        after=(Step("method", "How do you want to get your code?", (_METHOD,)), _CODE),
    ),
    "yale": Form(after=(_CODE,)),
    "brivo": Form(account_fields=(_key("api_key", "Brivo API key"),)),
    "wyze": Form(
        account_fields=(
            _key("api_key_id", "API Key ID", "ABC123ABC"),
            _key("api_key", "API Key", "ABC123ABC"),
        )
    ),
    "lockly": Form(
        account_fields=(
            _key("team_id", "Team ID"),
            _key("client_id", "Client ID"),
            _key("access_key_id", "Access Key ID"),
            _key("access_key_secret", "Access Key Secret"),
            _key("token_id", "Token ID"),
            _key("token_secret", "Token Secret"),
        )
    ),
    "pti": Form(
        account_fields=(_key("site_key", "Site Key"), _key("site_code", "Site Code")),
        address=_free("api_url", "URL", "https://1234.storlogixcloud.com", kind="url"),
    ),
    "my_2n": Form(
        after=(
            Step(
                "devices",
                "Sign in to each device (you may leave these out)",
                tuple(
                    _optional(field)
                    for number in range(3)
                    for field in (
                        _key(
                            f"device_{number}_username",
                            f"Username of Device {number}",
                            SANDBOX_USERNAME,
                        ),
                        replace(
                            _key(f"device_{number}_password", f"Password of Device {number}"),
                            kind="password",
                        ),
                    )
                ),
            ),
        )
    ),
    "controlbyweb": Form(labels={"email": "Email or username"}),
    "omnitec": Form(account_fields=(_TIME_ZONE,)),
    "dormakaba_oracode": Form(
        account_fields=(_TIME_ZONE,), address=_free("site", "Site name", "Ocean Beach Vacations")
    ),
    "visionline": Form(
        before=(
            Step(
                "pairing",
                "Pair your Seam Bridge",
                (_free("pairing_code", "Pairing code", SANDBOX_CODE),),
            ),
        ),
        after=(
            Step(
                "mobile_keys",
                _MOBILE_KEYS,
                (
                    _optional(_key("uuid", "UUID", "1")),
                    _optional(_key("system_id", "System ID", "1")),
                ),
            ),
        ),
    ),
    "assa_abloy_credential_service": Form(
        address=_free("api_url", "URL", "https://example.com", kind="url")
    ),
    "assa_abloy_vostio": Form(
        account_fields=(_key("client_id", "Client ID"), _key("user_pool_id", "User Pool ID")),
        after=(
            Step(
                "mobile_keys",
                _MOBILE_KEYS,
                (
                    _optional(_key("ble_uuid", "BLE UUID", "1")),
                    _optional(_key("system_id", "System ID", "1")),
                ),
            ),
        ),
        address=_SYSTEM,
    ),
    "assa_abloy_vostio_credential_service": Form(address=_SYSTEM),
    "salto_space": Form(
        before=(
            Step(
                "pairing",
                "Pair your Seam Bridge",
                (
                    Field(
                        "bridge_token",
                        "Bridge token",
                        works="any six characters",
                        accepts=".{6}",
                        prefilled=SANDBOX_CODE,
                    ),
                    _free("server_url", "HTTP URL", "http://192.168.1.101:8100", kind="url"),
                ),
            ),
        ),
        address=_SYSTEM,
    ),
    "dormakaba_ambiance": _DORMAKABA,
    "dormakaba_community": _DORMAKABA,
    "hotek": Form(
        account_fields=(
            Field(
                "tcp_port",
                "TCP port",
                works="any",
                accepts="[0-9]{1,5}",
                kind="numeric",
                prefilled="4001",
            ),
        )
    ),
}
_SITE = _free("site", "Site name", "Fake Site")
# The identifiers that a sandbox login accepts, by the brand's kind of login. None: no such field.
_IDENTIFIERS: Mapping[str, str | None] = {
    "email": f"jane@{SANDBOX_DOMAIN}, or any other address at {SANDBOX_DOMAIN}",
    "username": SANDBOX_USERNAME,
    "site": None,
    "none": None,
}


def steps_of(provider: Provider) -> tuple[Step, ...]:
    """Returns the pages of a brand's login, in the order in which the user sees them."""
    form = _FORMS.get(provider.key, Form())
    fields = [*_address(provider, form), *_credentials(provider, form), *form.account_fields]
    title = f"Sign in to {provider.display_name}"
    account = Step(ACCOUNT, title, tuple(fields), button="Submit")
    return (*form.before, account, *form.after)


def filled_in_site(provider: Provider) -> str | None:
    """Returns the site that a brand's page fills in.

    Returns None if the site alone identifies the user, and for a brand without a site field.
    """
    fields = _address(provider, _FORMS.get(provider.key, Form()))
    if provider.login == "site":
        return None
    return next((field.prefilled for field in fields if field.name == "site"), None)


def extras_of(key: str) -> Mapping[str, Field]:
    """Returns the brand's own fields that do not accept every entry, by name."""
    form = _FORMS.get(key, Form())
    steps = [step for step in form.before + form.after if step.name != CODE]
    fields = [*form.account_fields, *(field for step in steps for field in step.fields)]
    return {field.name: field for field in fields if field.accepts is not None}


def _address(provider: Provider, form: Form) -> list[Field]:
    return [form.address or _SITE] if provider.takes_site else []


def _credentials(provider: Provider, form: Form) -> list[Field]:
    """Returns the fields of the user's name and password, as far as the brand has them."""
    labels = form.labels or {}
    fields = []
    works = _IDENTIFIERS[provider.login]
    if works is not None:
        label = labels.get(provider.login, provider.login.title())
        name = Field(
            provider.login,
            label,
            works=works,
            accepts=SANDBOX_IDENTIFIER,
            kind="email" if label == "Email" else "text",
            autocomplete="username",
        )
        fields.append(name)
    if provider.has_password:
        field = _key("password", labels.get("password", "Password"))
        fields.append(replace(field, kind="password", autocomplete="current-password"))
    return fields

"""The project itself: its packaging, the rules for every module, and docs that repeat the code."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from pathlib import Path

from fakeseam.api import implemented_endpoints
from fakeseam.api.lifecycle import ACCOUNT, WEBVIEW
from fakeseam.cli.main import main
from fakeseam.types import Body

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "fakeseam").rglob("*.py"))
DATA, DECLARATIONS = "data", "declarations only"
# Modules without a test file of their name: the test file that fails if they are broken, or why
# there is none.
ELSEWHERE = {
    "api/access_codes/entered.py": "api/locks/test_keypad.py",
    "api/access_codes/errors.py": "api/access_codes/test_steps.py",
    "api/access_codes/lookup.py": "api/access_codes/test_endpoints.py",
    "api/access_codes/moments.py": "api/access_codes/test_schedule.py",
    "api/access_codes/mutations.py": "api/access_codes/test_endpoints.py",
    "api/access_codes/new_pins.py": "api/access_codes/test_creation.py",
    "api/access_codes/parameters.py": "api/access_codes/test_creation.py",
    "api/access_codes/record.py": "api/access_codes/test_endpoints.py",
    "api/access_codes/shape.py": "api/access_codes/test_endpoints.py",
    "api/access_codes/simulate.py": "api/access_codes/test_unmanaged.py",
    "api/access_codes/space.py": "api/access_codes/test_steps.py",
    "api/access_codes/transitions.py": "api/access_codes/test_schedule.py",
    "api/access_codes/unmanaged_codes.py": "api/access_codes/test_unmanaged.py",
    "api/access_codes/updating.py": "api/access_codes/test_endpoints.py",
    "api/action_attempts/attempts.py": "api/locks/test_actions.py",
    "api/action_attempts/record.py": "api/action_attempts/test_endpoints.py",
    "api/action_attempts/shape.py": "api/access_codes/test_endpoints.py",
    "api/client_sessions/record.py": "api/client_sessions/test_endpoints.py",
    "api/client_sessions/shape.py": "api/client_sessions/test_endpoints_create.py",
    "api/connect_webviews/login/docs_tables.py": "test_project.py",
    "api/connect_webviews/login/errors.py": "control/test_login_page_outcomes.py",
    "api/connect_webviews/login/redirects.py": "control/test_login_page_redirects.py",
    "api/connect_webviews/record.py": "api/connect_webviews/test_endpoints.py",
    "api/connect_webviews/result.py": "api/connect_webviews/test_endpoints.py",
    "api/connected_accounts/events.py": "api/connected_accounts/test_sync.py",
    "api/connected_accounts/record.py": "api/connected_accounts/test_endpoints.py",
    "api/customers/record.py": "api/test_deletion.py",
    "api/devices/account_devices.py": "api/connected_accounts/test_sync.py",
    "api/devices/capable.py": "api/access_codes/test_creation.py",
    "api/devices/constraints.py": "api/access_codes/test_steps.py",
    "api/devices/errors.py": "control/test_errors_and_warnings.py",
    "api/devices/events.py": "api/devices/test_simulate.py",
    "api/devices/provider_metadata.py": "api/devices/test_sandbox_properties.py",
    "api/devices/record.py": "api/devices/test_endpoints.py",
    "api/devices/steps.py": "api/access_codes/test_steps.py",
    "api/devices/time_zones.py": DATA,
    "api/devices/types.py": DATA,
    "api/documented.py": "stories/test_every_sdk_method.py",
    "api/error_codes.py": "control/test_errors_and_warnings.py",
    "api/events/emit.py": "api/events/test_endpoints.py",
    "api/events/field_types.py": "control/test_emit.py",
    "api/events/record.py": "api/events/test_endpoints.py",
    "api/events/shape.py": "api/events/test_endpoints.py",
    "api/events/types.py": "control/test_emit.py",
    "api/locks/record.py": "api/locks/test_actions.py",
    "api/locks/simulate.py": "api/locks/test_keypad.py",
    "api/record_fields.py": "api/test_metadata.py",
    "api/record_functions.py": "api/test_record_types.py",
    "api/spaces/record.py": "api/spaces/test_endpoints.py",
    "api/spaces/shape.py": "api/spaces/test_endpoints.py",
    "api/tokens.py": "api/workspaces/test_endpoints.py",
    "api/user_identities/record.py": "api/user_identities/test_endpoints.py",
    "api/webhooks/record.py": "api/webhooks/test_retries.py",
    "api/workspaces/record.py": "api/test_auth_publishable_keys.py",
    "cli/main.py": "cli/test_exec.py",
    "control/access_codes.py": "api/access_codes/test_outside.py",
    "control/answer_plan.py": "control/test_answers.py",
    "control/arguments.py": "properties/test_wrong_arguments.py",
    "control/clock.py": "http/test_control_api.py",
    "control/code_methods.py": "api/access_codes/test_outside.py",
    "control/context.py": DECLARATIONS,
    "control/handles.py": "test_fake_frozen_time.py",
    "control/health.py": "http/test_control_api.py",
    "control/inspect_sections.py": "control/test_inspect_state.py",
    "control/lock_methods.py": "control/test_locks.py",
    "control/login_visit.py": "control/test_login_page_outcomes.py",
    "control/lookup.py": "control/test_accounts.py",
    "control/methods.py": "control/test_control_endpoints.py",
    "control/official_fake.py": "http/test_control_api.py",
    "control/provider_overrides.py": "api/devices/test_custom.py",
    "control/removal.py": "control/test_fault_handles.py",
    "core/field_types.py": "api/test_dump_check.py",
    "core/process.py": "test_fake_forks.py",
    "http/app.py": "http/test_wsgi.py",
    "http/pages/inputs.py": "http/pages/test_login_fields.py",
    "http/pages/rendering.py": "http/pages/test_login_appearance.py",
    "http/wire.py": "http/test_control_api.py",
    "pytest_plugin/fakes.py": "pytest_plugin/test_strict.py",
    "pytest_plugin/options.py": "pytest_plugin/test_marker.py",
    "runtime/endpoint_lookup.py": "runtime/test_request_dispatcher_refusals.py",
    "sdk/clients.py": "sdk/test_transports.py",
    "sdk/marks.py": DECLARATIONS,
    "types.py": DECLARATIONS,
    "webhooks/owner_thread.py": "webhooks/test_sender_queue.py",
}


def without(rule):
    """Returns the names of the modules that break a rule, which gets a module's text."""
    paths = [path for path in MODULES if not rule(path.read_text("utf-8"))]
    return [path.relative_to(ROOT).as_posix() for path in paths]


def configuration():
    found = ConfigParser()
    found.read(ROOT / "setup.cfg")
    return found


def readme():
    return (ROOT / "README.md").read_text("utf-8")


def diagrams(page):
    return re.findall(r"^```mermaid\n(.*?)\n```$", page, re.MULTILINE | re.DOTALL)


def public_names(text):
    """Returns the public names that a module defines itself."""
    tree = ast.parse(text)
    named = [node.name for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)]
    for node in tree.body:
        if isinstance(node, ast.Assign):
            named += [target.id for target in node.targets if isinstance(target, ast.Name)]
    return [name for name in named if not name.startswith("_")]


def test_pytest_reads_its_configuration_from_setup_cfg():
    plugins = ("cacheprovider", "hypothesispytest", "anyio")
    without = [flag for name in plugins for flag in ("-p", f"no:{name}")]
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "--noconftest", *without, __file__],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )

    assert "\nconfigfile: setup.cfg\n" in result.stdout


def test_pyproject_toml_has_only_the_build_system():
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file).keys() == {"build-system"}


def test_the_marker_file_for_type_checkers_is_packaged():
    assert (ROOT / "fakeseam" / "py.typed").is_file()
    assert "py.typed" in configuration()["options.package_data"]["fakeseam"].split()


def test_every_folder_of_modules_is_a_package():
    folders = {path.parent for path in MODULES}

    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_every_module_has_a_test_file_of_its_name_or_tells_where_else_to_look():
    tests, package = ROOT / "tests", ROOT / "fakeseam"
    modules = [path.relative_to(package) for path in MODULES if path.stem.strip("_") == path.stem]

    without_own = {
        module.as_posix()
        for module in modules
        if not (tests / module.with_name(f"test_{module.name}")).is_file()
        and not list((tests / module).parent.glob(f"test_{module.stem}_*.py"))
    }

    assert without_own == ELSEWHERE.keys()
    places = set(ELSEWHERE.values()) - {DATA, DECLARATIONS}
    assert {place for place in places if not (tests / place).is_file()} == set()


def test_every_module_begins_with_a_docstring():
    assert without(lambda text: ast.get_docstring(ast.parse(text))) == []


def test_every_module_that_defines_public_names_lists_them():
    def lists_its_names(text):
        return re.search(r"^__all__ = ", text, re.MULTILINE) or not public_names(text)

    assert without(lists_its_names) == []


def test_every_module_that_defines_public_names_postpones_its_annotations():
    def postpones(text):
        return "from __future__ import annotations\n" in text or not public_names(text)

    assert without(postpones) == []


def test_the_diagrams_of_the_readme_are_the_tables():
    assert diagrams(readme()) == [WEBVIEW.mermaid(), ACCOUNT.mermaid()]


def test_the_readme_has_the_counts_of_implemented_endpoints(capsys):
    main(["endpoints"])
    counts = capsys.readouterr().out.splitlines()[-1]

    assert counts in readme()


def test_the_page_on_logins_has_the_tables_that_the_command_prints(capsys):
    main(["logins"])
    outcomes, brands = capsys.readouterr().out.strip().split("\n\n")
    page = (ROOT / "docs" / "login-page.md").read_text("utf-8")

    tables = re.findall(r"^\|.*\n(?:\|.*\n)*", page, re.MULTILINE)
    assert {outcomes, brands} <= {table.strip() for table in tables}


def test_every_response_key_of_an_endpoint_has_a_type():
    keys = {key for endpoint in implemented_endpoints() for key in endpoint.response_keys}

    assert keys | {"ok", "pagination"} == set(Body.__annotations__)


def test_every_file_that_contributing_names_is_there():
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = set(re.findall(r"`(\w+/[\w/.]*)`", page))

    missing = {
        name
        for name in named
        if not ((ROOT / name).exists() or (ROOT / "fakeseam" / name).exists())
    }

    assert len(named) > 30
    assert missing == set()

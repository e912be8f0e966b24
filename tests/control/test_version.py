"""The version of fakeseam: that of the installed package, if there is one."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError

from fakeseam.control import version


def test_the_version_is_that_of_the_installed_package(monkeypatch):
    monkeypatch.setattr(version, "version", {"fakeseam": "1.2.3"}.__getitem__)

    assert version.own_version() == "1.2.3"


def test_a_package_that_is_not_installed_has_an_unknown_version(monkeypatch):
    def not_installed(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(version, "version", not_installed)

    assert version.own_version() == "unknown"

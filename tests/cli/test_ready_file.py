"""``fakeseam serve --ready-file FILE``: the file exists for as long as the server responds."""

from __future__ import annotations

import signal

import pytest

STOPS = [signal.SIGTERM, signal.SIGINT]


def test_the_ready_file_has_the_url_when_the_line_is_printed(serve, tmp_path):
    serving = serve("--ready-file", tmp_path / "ready")

    assert (tmp_path / "ready").read_text() == f"{serving.url}\n"


def test_the_ready_file_is_written_over_an_older_one(serve, tmp_path):
    (tmp_path / "ready").write_text("http://127.0.0.1:1 and more\n")

    serving = serve("--ready-file", "ready")

    assert (tmp_path / "ready").read_text() == f"{serving.url}\n"
    assert not list(tmp_path.glob(".ready*"))


@pytest.mark.parametrize("number", STOPS)
def test_the_ready_file_is_removed_when_the_server_stops(serve, tmp_path, number):
    serving = serve("--ready-file", "ready")

    serving.stop(number)

    assert not (tmp_path / "ready").exists()


def test_a_ready_file_that_another_server_has_replaced_stays(serve, tmp_path):
    one = serve("--ready-file", "ready")
    other = serve("--ready-file", "ready")

    one.stop(signal.SIGTERM)

    assert (tmp_path / "ready").read_text() == f"{other.url}\n"


def test_an_older_ready_file_is_removed_even_if_the_server_never_gets_ready(run_main, tmp_path):
    (tmp_path / "ready").write_text("http://127.0.0.1:1\n")

    run_main("serve", "--ready-file", "ready", "--load", "nowhere.json")

    assert not (tmp_path / "ready").exists()


@pytest.mark.parametrize("file", ["nowhere/ready", "."])
def test_a_ready_file_that_cannot_be_written_is_a_message(run_main, file):
    done = run_main("serve", "--ready-file", file)

    assert done.returncode == 2
    assert f"cannot write '{file}'" in done.stderr
    assert "Traceback" not in done.stderr

"""The Python blocks of README.md and docs/ as tests, and the Hypothesis profiles.

A block that defines tests is run by a pytest of its own, as a reader would run it. The other
blocks of a page share one namespace, from top to bottom. `<!--- skip: next -->` leaves one out.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from hypothesis import settings
from sybil import Sybil
from sybil.evaluators.python import pad
from sybil.integration.pytest import SybilItem
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

pytest_plugins = ["pytester"]

# "dev" is what Hypothesis has by default, or where CI is set, with fewer examples. Where CI is
# set it is derandomized and without a database; "nightly" is neither, so its parent is named.
settings.register_profile("dev", max_examples=40)
settings.register_profile("nightly", settings.get_profile("default"), max_examples=2000)
settings.load_profile("dev")

# For the runs that tests start, where warnings are errors: trio's plugin for Hypothesis warns.
os.environ["HYPOTHESIS_NO_PLUGINS"] = "1"

DEFINES_TESTS = re.compile(
    r"^(?:(?:async )?def test_|class Test|Test\w* = \w+\.TestCase)", re.MULTILINE
)
BLOCK_TIMEOUT_S = 120
# No plugin of another package that takes long to be imported.
ARGUMENTS = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", "no:anyio")


def python_blocks(document):
    """Sybil's Python blocks, those that define tests marked for a pytest of their own."""
    for region in PythonCodeBlockParser()(document):
        if isinstance(region.parsed, str) and DEFINES_TESTS.search(region.parsed):
            region.evaluator = run_as_test_module
        yield region


def run_as_test_module(example):
    """What pytest printed, if it did not end well; line numbers are those of the page."""
    module = Path(f"test_{Path(example.path).stem}_line_{example.line}.py")
    module.write_text(pad(example.parsed, example.line + example.parsed.line_offset))
    Path("pytest.ini").write_text("[pytest]\nfilterwarnings = error\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *ARGUMENTS, module],
        env={name: text for name, text in os.environ.items() if not name.startswith("PYTEST_")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=BLOCK_TIMEOUT_S,
    )
    return done.stdout if done.returncode else None


def open_page(namespace):
    """Blocks may write files: each page has a folder of its own to do it in."""
    namespace["_page"] = page = contextlib.ExitStack()
    folder = page.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
    page.enter_context(contextlib.chdir(folder))


def close_page(namespace):
    namespace["_page"].close()


pytest_collect_file = Sybil(
    parsers=[python_blocks, SkipParser()],
    patterns=["README.md", "docs/*.md"],
    excludes=["tests/*.md"],
    setup=open_page,
    teardown=close_page,
).pytest()


def pytest_collection_modifyitems(items):
    """Blocks build on those above them: put back in order what pytest-randomly shuffled."""
    blocks = [item for item in items if isinstance(item, SybilItem)]
    blocks.sort(key=lambda block: (block.path, block.example.start))
    items[:] = [item for item in items if not isinstance(item, SybilItem)] + blocks

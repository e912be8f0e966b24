"""Benchmarks of fakeseam: ``tox -e bench``, or ``python -m benchmarks``.

``docs/performance.md`` shows the newest results and says how to read them.
"""

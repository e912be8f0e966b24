"""How many examples a property gets: a share of those of the Hypothesis profile.

The profiles are in ``conftest.py`` at the root of the project.
"""

from __future__ import annotations

from hypothesis import settings

__all__ = ["examples"]


def examples(share=1.0, least=5, **more):
    """Settings with this share of the profile's examples, without a deadline."""
    count = max(least, round(share * settings().max_examples))
    return settings(max_examples=count, deadline=None, **more)

"""The environment variables by which an app's own ``Seam()`` finds the fake.

Source: the official Python SDK, which reads them.
"""

from __future__ import annotations

__all__ = ["ENDPOINT", "KEY", "OTHERS"]

ENDPOINT = "SEAM_ENDPOINT"
KEY = "SEAM_API_KEY"

# The SDK refuses two kinds of credentials at once, and warns of the old name: these go.
OTHERS = ("SEAM_API_URL", "SEAM_PERSONAL_ACCESS_TOKEN", "SEAM_WORKSPACE_ID")

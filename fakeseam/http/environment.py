"""The environment variables by which an app's own ``Seam()`` finds the fake.

Source: the official Python SDK, which reads them.
"""

from __future__ import annotations

__all__ = ["API_KEY_VAR", "CONFLICTING_VARS", "ENDPOINT_VAR"]

ENDPOINT_VAR = "SEAM_ENDPOINT"
API_KEY_VAR = "SEAM_API_KEY"

# The SDK refuses two kinds of credentials at once and warns of the old name, so these are unset.
CONFLICTING_VARS = ("SEAM_API_URL", "SEAM_PERSONAL_ACCESS_TOKEN", "SEAM_WORKSPACE_ID")

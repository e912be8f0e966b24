"""Settings for `manage.py test`: `Seam()` finds a key, which each test gives to its fake."""

from __future__ import annotations

import os

from rentdesk.settings import *  # noqa: F401, F403

SEAM_API_KEY = os.environ["SEAM_API_KEY"] = "seam_test_rentdesk"

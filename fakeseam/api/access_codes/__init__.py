"""/access_codes."""

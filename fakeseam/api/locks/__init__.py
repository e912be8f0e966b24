"""/locks."""

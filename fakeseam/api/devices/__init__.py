"""/devices."""

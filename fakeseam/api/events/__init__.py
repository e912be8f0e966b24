"""/events."""

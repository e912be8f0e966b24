"""/action_attempts."""

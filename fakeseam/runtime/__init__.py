"""One fake at work."""

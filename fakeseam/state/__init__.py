"""A fake's state, saved and replaced."""

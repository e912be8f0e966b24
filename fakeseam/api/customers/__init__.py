"""/customers."""

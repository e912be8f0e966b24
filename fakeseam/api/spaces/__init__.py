"""/spaces."""

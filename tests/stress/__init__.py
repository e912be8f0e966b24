"""Attacks that take a minute each: `tox -e stress`. No file here is collected by itself."""

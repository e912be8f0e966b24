"""The fake over HTTP: requests, servers and pages."""

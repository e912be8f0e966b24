"""What an endpoint declares, and how a request is checked against it."""

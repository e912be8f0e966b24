"""/user_identities."""

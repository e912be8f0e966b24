"""/connected_accounts."""

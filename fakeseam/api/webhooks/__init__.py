"""/webhooks, and the rules of their deliveries."""

"""/client_sessions."""

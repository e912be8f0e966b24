"""/workspaces."""

"""The login at a webview: its providers, its forms and its results."""

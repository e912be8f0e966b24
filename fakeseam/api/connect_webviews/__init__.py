"""/connect_webviews."""

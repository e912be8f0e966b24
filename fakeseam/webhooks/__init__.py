"""Sending the deliveries of webhooks to their receivers.

Signing and the times of further attempts are Seam's rules: see ``api/webhooks/signature.py`` and
``api/webhooks/retries.py``.
"""
